import type { ReplyCell, ReplyTable } from './reply.ts'

export type TableLimits = {
  maxRows: number
  maxColumns: number
  maxCellCharacters: number
  /** Over all cells and headings together. */
  maxCharacters: number
}

/** The part of a table that fits a platform, with words for what was cut. Numbers in these words are written in `locale`. */
export function fitTable(table: ReplyTable, limits: TableLimits, locale: string): ReplyTable {
  const columns = table.columns
    .slice(0, limits.maxColumns)
    .map((column) => ({ ...column, name: shortText(column.name, limits.maxCellCharacters) }))
  let room = limits.maxCharacters - columns.reduce((sum, column) => sum + column.name.length, 0)
  let isShortened = false
  const rows: ReplyCell[][] = []
  for (const row of table.rows.slice(0, limits.maxRows)) {
    const cells = row.slice(0, columns.length).map((cell) => {
      const text = shortText(cell.text, limits.maxCellCharacters)
      isShortened ||= text !== cell.text
      return text === cell.text ? cell : { ...cell, text }
    })
    room -= cells.reduce((sum, cell) => sum + cell.text.length, 0)
    if (room < 0 && rows.length > 0) break
    rows.push(cells)
  }
  const fitted = { ...table, columns, rows }
  return { ...fitted, cut: sayCut(fitted, isShortened, locale) }
}

/** At most so many characters as people count them; the last one is … where something is missing. */
export function shortText(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  const characters = Array.from(graphemes.segment(text.slice(0, maxCharacters * 16)), (part) => part.segment)
  if (characters.length <= maxCharacters && text.length <= maxCharacters * 16) return text
  return `${characters.slice(0, maxCharacters - 1).join('')}…`
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

function sayCut(table: ReplyTable, isShortened: boolean, locale: string): string | null {
  const number = (value: number) => value.toLocaleString(locale)
  const parts: string[] = []
  if (table.rows.length < table.rowCount) {
    const all = table.hasMore ? `more than ${number(table.rowCount)}` : number(table.rowCount)
    parts.push(`the first ${number(table.rows.length)} of ${all} rows`)
  } else if (table.hasMore) {
    parts.push(`the first ${number(table.rows.length)} rows; there are more in the database`)
  }
  if (table.columns.length < table.columnCount) {
    parts.push(`the first ${number(table.columns.length)} of ${number(table.columnCount)} columns`)
  }
  const shown = parts.length > 0 ? `Showing ${parts.join(', and ')}.` : ''
  const shortened = isShortened ? 'Long texts are shortened.' : ''
  return [shown, shortened].filter(Boolean).join(' ') || null
}
