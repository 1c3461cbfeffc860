import { monospaceTable } from '../reply/monospace-table.ts'
import type { ReplyTable } from '../reply/reply.ts'

/** A table for a terminal of this many columns; whatever had to be cut is said below it. */
export function renderTable(table: ReplyTable, width: number): string {
  const { lines, cuts } = monospaceTable(table, { width })
  const said = [...(table.cut ? [table.cut] : []), ...cuts]
  return [...lines, ...(said.length > 0 ? [[...said, '--json shows all.'].join(' ')] : [])].join('\n')
}
