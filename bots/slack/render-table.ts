import type { DataTableBlock } from '@slack/types'
import { cutText } from '../reply/cut-text.ts'
import { fitTable } from '../reply/fit-table.ts'
import type { ReplyCell, ReplyTable } from '../reply/reply.ts'
import { limits } from './limits.ts'

export type RenderedTable = { block: DataTableBlock; cut: string | null }

/** A table that can be sorted and paged, as much of it as fits into `room` characters; null where it has no rows. */
export function renderTable(table: ReplyTable, room: number, locale: string): RenderedTable | null {
  const maxCharacters = Math.min(room, limits.tableText)
  // Emoji of many units count as one character where cells are cut: the cells get shorter until all fit.
  for (const maxCellCharacters of [250, 80, 30, 8]) {
    const size = { maxRows: limits.tableRows, maxColumns: limits.tableColumns, maxCellCharacters, maxCharacters }
    const fitted = fitTable(table, size, locale)
    const block = toBlock(fitted)
    if (fitted.rows.length === 0) return null
    if (unitsOf(block) <= maxCharacters) return { block, cut: fitted.cut }
  }
  return null
}

const MAX_CAPTION = 200
const ROWS_PER_PAGE = 10

function toBlock({ caption, columns, rows }: ReplyTable): DataTableBlock {
  const header = columns.map(({ name }) => ({ type: 'raw_text' as const, text: name || EMPTY }))
  return {
    type: 'data_table',
    caption: cutText(caption, MAX_CAPTION) || EMPTY,
    page_size: ROWS_PER_PAGE,
    rows: [header, ...rows.map((row) => row.map(toCell))],
  }
}

/** Slack refuses a cell without a character. */
const EMPTY = '–'

function toCell({ text, sort }: ReplyCell) {
  if (typeof sort === 'number' && Number.isFinite(sort) && text)
    return { type: 'raw_number' as const, text, value: sort }
  return { type: 'raw_text' as const, text: text || EMPTY }
}

function unitsOf({ rows }: DataTableBlock): number {
  return rows.flat().reduce((sum, cell) => sum + ('text' in cell ? cell.text.length : 0), 0)
}
