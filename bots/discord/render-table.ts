import { fitTable } from '../reply/fit-table.ts'
import { monospaceTable } from '../reply/monospace-table.ts'
import type { ReplyTable } from '../reply/reply.ts'
import { codeBlock } from './code-block.ts'
import { fitText } from './fit-text.ts'

/** Columns of a code block that do not break the line on a desktop; a phone lets people scroll sideways no more than this comfortably. */
const WIDTH = 64
const MOST_ROWS = 40

/** A table in monospace within `room` characters: as many rows as fit, and in words what does not. Null where not even one row does. */
export function renderTable(table: ReplyTable, { locale, room }: { locale: string; room: number }): string | null {
  let maxRows = Math.min(MOST_ROWS, table.rows.length)
  while (maxRows > 0 || table.rows.length === 0) {
    const text = tableOf(table, { locale, maxRows })
    if (text.length <= room) return text
    // A few bytes more or less in the words do not matter: the next round measures again.
    maxRows = Math.min(maxRows - 1, Math.floor((maxRows * room) / text.length))
    if (table.rows.length === 0) break
  }
  return null
}

function tableOf(table: ReplyTable, { locale, maxRows }: { locale: string; maxRows: number }): string {
  const limits = { maxRows, maxColumns: table.columns.length, maxCellCharacters: 200, maxCharacters: 100_000 }
  const fitted = fitTable(table, limits, locale)
  const { lines, cuts } = monospaceTable(fitted, { width: WIDTH, isolate: true })
  const cut = [...(fitted.cut ? [fitted.cut] : []), ...cuts].join(' ')
  return `${codeBlock(lines.join('\n'))}${cut ? `\n-# ${fitText(cut, 300)}` : ''}`
}
