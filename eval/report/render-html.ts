import { html, raw } from 'hono/html'
import type { ReportChart } from '#core/evaluation/report-chart.ts'
import type { ChangedCase } from '#core/evaluation/run-report.ts'
import type { Block, Column } from './report-blocks.ts'

/** Draws a chart as an SVG document. */
export type DrawChart = (chart: ReportChart) => Promise<string>

/** A report as one HTML page that needs nothing else: no script, no picture or font from elsewhere. */
export async function renderHtml(blocks: Block[], drawChart: DrawChart): Promise<string> {
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? 'Report'
  const parts: unknown[] = []
  for (const block of blocks) parts.push(await render(block, drawChart))
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body><main>
${parts}
</main></body>
</html>
`
  return String(page)
}

async function render(block: Block, drawChart: DrawChart) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? html`<h1>${block.text}</h1>` : html`<h2>${block.text}</h2>`
    case 'text':
      return html`<p>${block.text}</p>`
    case 'table':
      return tableOf(block.columns, block.rows)
    case 'chart': {
      // As a picture, so that nothing in the drawing can run.
      const picture = Buffer.from(await drawChart(block.chart)).toString('base64')
      return html`<img alt="${block.chart.alt}" src="data:image/svg+xml;base64,${picture}">`
    }
    case 'changes':
      return html`<ul class="changes">${block.changes.map(changeOf)}</ul>${block.cut === null ? '' : html`<p>${block.cut}</p>`}`
  }
}

function tableOf(columns: Column[], rows: string[][]) {
  const head = columns.some(({ name }) => name !== '')
    ? html`<thead><tr>${columns.map(({ name, align }) => html`<th scope="col" class="${align}">${name}</th>`)}</tr></thead>`
    : ''
  const cell = (text: string, index: number) =>
    index === 0 ? html`<th scope="row">${text}</th>` : html`<td class="${columns[index]?.align ?? 'left'}">${text}</td>`
  return html`<table>${head}<tbody>${rows.map((cells) => html`<tr>${cells.map(cell)}</tr>`)}</tbody></table>`
}

function changeOf({ database, question, gold, before, after }: ChangedCase) {
  const line = (name: string, sql: string | null) => html`<dt>${name}</dt><dd><code>${sql ?? 'no query'}</code></dd>`
  return html`<li><p><strong>${question}</strong> (${database})</p><dl>${line('gold', gold)}${line('before', before)}${line('now', after)}</dl></li>`
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#f6f7f9, #0f131b); color: light-dark(#1a212c, #e8ecf4); }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; font-size: 0.95rem; }
th, td { padding: 0.3rem 1rem 0.3rem 0; border-bottom: 1px solid light-dark(#dfe3ea, #2a3242); text-align: left; vertical-align: top; }
th { font-weight: 550; } .right { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; margin-top: 1rem; background: #fff; border-radius: 8px; }
.changes { padding: 0; list-style: none; } .changes li { margin: 0 0 1.2rem; } .changes p { margin: 0 0 0.3rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.15rem 0.8rem; margin: 0; } dd { margin: 0; } dt { color: light-dark(#545e6f, #a3adbf); }
code { font: 0.88rem ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
`
