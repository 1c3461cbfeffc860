import type { Rows, SqlValue } from '#core/answer.ts'
import { columnLabel } from '#core/format/column-label.ts'
import type { ReplyCell, ReplyTable } from './reply.ts'
import { visibleText } from './visible-text.ts'

/** Rows as a table to read, uncut: headings in words, values formatted by `text`, numbers to the right. */
export function toTable(
  { columns, rows, truncated }: Rows,
  { caption, text }: { caption: string; text: (value: SqlValue, column: number) => string },
): ReplyTable {
  return {
    caption,
    columns: columns.map((name, at) => ({ name: columnLabel(name), align: isNumeric(rows, at) ? 'right' : 'left' })),
    rows: rows.map((row) => row.map((value, at) => cell(value, value === null ? '' : text(value, at)))),
    rowCount: rows.length,
    columnCount: columns.length,
    hasMore: truncated,
    cut: null,
  }
}

function cell(value: SqlValue, text: string): ReplyCell {
  const sort =
    typeof value === 'string' ? value.slice(0, 200) : value instanceof Uint8Array ? value.byteLength : Number(value)
  return { text: visibleText(text), sort: value === null ? null : sort }
}

function isNumeric(rows: SqlValue[][], at: number): boolean {
  const present = rows.map((row) => row[at] ?? null).filter((value) => value !== null)
  return present.length > 0 && present.every((value) => typeof value === 'number' || typeof value === 'bigint')
}
