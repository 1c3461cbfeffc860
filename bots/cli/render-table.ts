import stringWidth from 'string-width'
import type { ReplyColumn, ReplyTable } from '../reply/reply.ts'

const GAP = '  '
/** Narrower than this, what is cut cannot be told apart any more. */
const READABLE_COLUMN = 12

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
  const readable = wanted.map((size) => Math.min(size, READABLE_COLUMN))
  while (readable.length > 1 && totalWidth(readable) > width) readable.pop()
  const shown = readable.length
  const widths = wanted.slice(0, shown).map((size) => Math.min(size, width))
  while (totalWidth(widths) > width) {
    const widest = Math.max(...widths)
    widths[widths.indexOf(widest)] = widest - 1
  }
  return { widths, shown }
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
  const left =
    shown < table.columns.length ? [`Here is room for the first ${shown} of ${table.columnCount} columns.`] : []
  const isShortened = widths.some((size, index) => size < (wanted[index] ?? 0))
  const shortened = isShortened && !table.cut?.includes('shortened') ? ['Long values are shortened (…).'] : []
  const said = [...(table.cut ? [table.cut] : []), ...left, ...shortened]
  return said.length > 0 ? [[...said, '--json shows all.'].join(' ')] : []
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function visibleWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
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
