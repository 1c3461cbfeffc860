import type { Chart, ReplyTable } from './reply.ts'

/** The sentence above a table: how many rows there are, and the mark of its chart that a reader looks for first. */
export function sayHeadline({
  table,
  chart,
  locale,
}: {
  table: ReplyTable
  chart: Chart | null
  locale: string
}): string {
  if (table.rowCount === 0) return 'Nothing matches.'
  if (table.rowCount === 1 && !table.hasMore) return oneRow(table)
  const count = `${table.hasMore ? 'More than ' : ''}${table.rowCount.toLocaleString(locale)} rows.`
  return chart?.peak ? `${chart.peak}. ${count}` : count
}

const maxNamedCells = 4
const maxCharacters = 160

function oneRow(table: ReplyTable): string {
  const pairs = table.columns.map((column, at) => `${column.name} ${table.rows[0]?.[at]?.text || '(empty)'}`)
  const sentence = `${pairs.join(', ')}.`
  return pairs.length <= maxNamedCells && sentence.length <= maxCharacters ? capitalised(sentence) : 'One row.'
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
