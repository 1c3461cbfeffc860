import type { RunReport } from '#core/evaluation/run-report.ts'
import { type DrawChart, renderHtml } from './render-html.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderText } from './render-text.ts'
import { reportBlocks } from './report-blocks.ts'

/** A report for a terminal, as Markdown, or as an HTML page that needs nothing else. */
export async function writeReport(
  report: RunReport,
  format: 'text' | 'markdown' | 'html',
  drawChart: DrawChart,
): Promise<string> {
  const blocks = reportBlocks(report)
  if (format === 'html') return renderHtml(blocks, drawChart)
  return format === 'markdown' ? renderMarkdown(blocks) : renderText(blocks)
}
