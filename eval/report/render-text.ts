import stringWidth from 'string-width'
import type { Block, Column } from './report-blocks.ts'

/** A report for a terminal. */
export function renderText(blocks: Block[]): string {
  return `${blocks.flatMap(render).join('\n\n')}\n`
}

function render(block: Block): string[] {
  switch (block.kind) {
    case 'heading': {
      const title = plain(block.text)
      return [
        block.level === 1
          ? `${title}\n${'═'.repeat(stringWidth(title))}`
          : `${title}\n${'─'.repeat(stringWidth(title))}`,
      ]
    }
    case 'text':
      return [plain(block.text)]
    case 'table':
      return [textTable(block.columns, block.rows)]
    case 'chart':
      return []
    case 'changes':
      return [
        ...block.changes.map(({ database, question, gold, before, after }) =>
          [
            `${plain(question)} (${plain(database)})`,
            `  gold    ${plain(gold)}`,
            `  before  ${plain(before ?? 'no query')}`,
            `  now     ${plain(after ?? 'no query')}`,
          ].join('\n'),
        ),
        ...(block.cut === null ? [] : [block.cut]),
      ]
  }
}

function textTable(columns: Column[], rows: string[][]): string {
  const lines = [columns.map(({ name }) => name), ...rows].map((cells) => cells.map(plain))
  const shown = lines.filter((cells) => cells.some((cell) => cell !== ''))
  const widths = columns.map((_, index) => Math.max(...shown.map((cells) => stringWidth(cells[index] ?? ''))))
  return shown
    .map((cells) =>
      cells
        .map((cell, index) => {
          const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell)))
          return columns[index]?.align === 'right' ? space + cell : cell + space
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Nothing that a question or a query holds may steer the terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replace(/\s+/g, ' ')
}
