import stringWidth from 'string-width'
import type { ReplyColumn, ReplyTable } from './reply.ts'

export type MonospaceTable = {
  /** Heading, rule, then a line per row. */
  lines: string[]
  /** What the width made necessary, in words; what the table had cut before is not said again. */
  cuts: string[]
}

const GAP = '  '
/** Narrower than this, what is cut cannot be told apart any more. */
const READABLE_COLUMN = 12

/**
 * A table in columns of one width a character, aligned with wide characters and emoji too. Where `width` is too little, cells are cut with
 * an ellipsis, then columns are left out from the right. With `isolate`, cells written from right to left are fenced, so that a reader
 * which reorders whole lines leaves them in their columns.
 */
export function monospaceTable(table: ReplyTable, { width, isolate = false }: Layout): MonospaceTable {
  const wanted = table.columns.map((column, index) => widestText(column, table, index))
  const { widths, shown } = fitColumns(wanted, width)
  const line = (texts: string[]) => alignedLine(texts, table.columns, { widths, isolate })
  return {
    lines: [
      line(table.columns.map((column) => column.name)),
      widths.map((size) => '─'.repeat(size)).join(GAP),
      ...table.rows.map((row) => line(row.map((cell) => cell.text))),
    ],
    cuts: cuts(table, wanted, widths, shown),
  }
}

type Layout = { width: number; isolate?: boolean }

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

function alignedLine(
  texts: string[],
  columns: ReplyColumn[],
  { widths, isolate }: { widths: number[]; isolate: boolean },
): string {
  return widths
    .map((size, index) => {
      const text = cut(oneLine(texts[index] ?? ''), size)
      const padding = ' '.repeat(Math.max(0, size - visibleWidth(text)))
      const shown = isolate && rightToLeft.test(text) ? `\u2068${text}\u2069` : text
      return columns[index]?.align === 'right' ? padding + shown : shown + padding
    })
    .join(GAP)
    .trimEnd()
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

function cuts(table: ReplyTable, wanted: number[], widths: number[], shown: number): string[] {
  const left =
    shown < table.columns.length ? [`Here is room for the first ${shown} of ${table.columnCount} columns.`] : []
  const isShortened = widths.some((size, index) => size < (wanted[index] ?? 0))
  const shortened = isShortened && !table.cut?.includes('shortened') ? ['Long values are shortened (…).'] : []
  return [...left, ...shortened]
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
