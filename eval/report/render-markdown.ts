import type { Block, Column } from './report-blocks.ts'

/** A report as Markdown. Questions and SQL are anybody's text: they must not become markup. */
export function renderMarkdown(blocks: Block[]): string {
  return `${blocks.flatMap(render).join('\n\n')}\n`
}

function render(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${inline(block.text)}`]
    case 'text':
      return [inline(block.text)]
    case 'table':
      return [markdownTable(block.columns, block.rows)]
    case 'chart':
      return []
    case 'changes':
      return [
        ...block.changes.map(({ database, question, gold, before, after }) =>
          [
            `- **${inline(question)}** (${inline(database)})`,
            `  - gold: ${code(gold)}`,
            `  - before: ${code(before)}`,
            `  - now: ${code(after)}`,
          ].join('\n'),
        ),
        ...(block.cut === null ? [] : [block.cut]),
      ]
  }
}

/** Figures of a table as Markdown. */
export function markdownTable(columns: Column[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => inline(cell).replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `|${columns.map(({ align }) => (align === 'right' ? '---:' : '---')).join('|')}|`
  return [line(columns.map(({ name }) => name)), rule, ...rows.map(line)].join('\n')
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#]/g, '\\$&')
}

/** Fenced by more back-ticks than are in it. */
function code(sql: string | null): string {
  if (sql === null) return 'no query'
  const text = sql.replace(/\s+/g, ' ')
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)))
  return `${fence} ${text} ${fence}`
}
