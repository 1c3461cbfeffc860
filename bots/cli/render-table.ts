import stringWidth from 'string-width'
import type { ReplyColumn, ReplyTable } from '../reply/reply.ts'

const GAP = '  '
const WIDEST_COLUMN = 40
const NARROWEST_COLUMN = 4

/**
 * A table in monospaced columns that stay aligned with wide characters and emoji. Where the terminal is too narrow, cells are cut with an
 * ellipsis, then columns are left out from the right; both are said below the table.
 */
export function renderTable(table: ReplyTable, width: number): string {
  const wanted = table.columns.map((column, index) => widestText(column, table, index))
  const { widths, shown } = fitColumns(wanted, width)
  const header = line(
    table.columns.map((column) => column.name),
    table.columns,
    widths,
  )
  const rule = widths.map((size) => '─'.repeat(size)).join(GAP)
  const rows = table.rows.map((row) =>
    line(
      row.map((cell) => cell.text),
      table.columns,
      widths,
    ),
  )
  return [header, rule, ...rows, ...cuts(table, wanted, widths, shown)].join('\n')
}

function widestText(column: ReplyColumn, table: ReplyTable, index: number): number {
  return Math.max(
    ...[column.name, ...table.rows.map((row) => row[index]?.text ?? '')].map(oneLine).map(visibleWidth),
    1,
  )
}

function fitColumns(wanted: number[], width: number): { widths: number[]; shown: number } {
  const widths = wanted.map((size) => Math.min(size, WIDEST_COLUMN))
  while (totalWidth(widths) > width) {
    const widest = widths.indexOf(Math.max(...widths))
    if ((widths[widest] ?? 0) > NARROWEST_COLUMN) widths[widest] = (widths[widest] ?? 0) - 1
    else if (widths.length > 1) widths.pop()
    else break
  }
  return { widths, shown: widths.length }
}

function totalWidth(widths: number[]): number {
  return widths.reduce((sum, size) => sum + size, 0) + GAP.length * (widths.length - 1)
}

function line(texts: string[], columns: ReplyColumn[], widths: number[]): string {
  return widths
    .map((size, index) => {
      const text = cut(oneLine(texts[index] ?? ''), size)
      const padding = ' '.repeat(Math.max(0, size - visibleWidth(text)))
      return columns[index]?.align === 'right' ? padding + text : text + padding
    })
    .join(GAP)
    .trimEnd()
}

function cuts(table: ReplyTable, wanted: number[], widths: number[], shown: number): string[] {
  const hidden = table.columns.length - shown
  const shortened = widths.some((size, index) => size < (wanted[index] ?? 0))
  return [
    ...(table.cut ? [table.cut] : []),
    ...(hidden > 0
      ? [`${hidden} more ${hidden === 1 ? 'column does' : 'columns do'} not fit here; --json shows all.`]
      : []),
    ...(shortened ? ['Long values are shortened (…); --json shows them whole.'] : []),
  ]
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function visibleWidth(text: string): number {
  return stringWidth(text)
}

/** Cuts between characters as people see them, so that no emoji or accent is torn apart. */
function cut(text: string, size: number): string {
  if (visibleWidth(text) <= size) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (visibleWidth(kept + segment) > size - 1) break
    kept += segment
  }
  return `${kept}…`
}
