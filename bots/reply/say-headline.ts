import type { Rows } from '#core/answer.ts'
import { columnLabel } from './column-label.ts'
import type { Chart, ReplyTable } from './reply.ts'

/** The sentence above a table: how many rows there are, and where its chart's extremes lie. `table` is the uncut one. */
export function sayHeadline({
  table,
  rows,
  chart,
  locale,
}: {
  table: ReplyTable
  rows: Rows
  chart: Chart | null
  locale: string
}): string {
  if (table.rowCount === 0) return 'Nothing matches.'
  if (table.rowCount === 1) return oneRow(table)
  const count = `${table.hasMore ? 'More than ' : ''}${table.rowCount.toLocaleString(locale)} rows`
  return chart && isByCategory(chart) ? `${count}. ${extremes(chart, table, rows)}` : `${count}.`
}

const maxNamedCells = 4
const maxCharacters = 160

function oneRow(table: ReplyTable): string {
  const pairs = table.columns.map((column, at) => `${column.name} ${table.rows[0]?.[at]?.text || '(empty)'}`)
  const sentence = `${pairs.slice(0, maxNamedCells).join(', ')}.`
  return pairs.length <= maxNamedCells && sentence.length <= maxCharacters ? capitalised(sentence) : 'One row.'
}

function isByCategory(chart: Chart): boolean {
  return chart.x.type === 'category' && chart.points.length > 2
}

/** Of a ranked result, its first row; it is a ranking only where the values go down all the way. */
function extremes(chart: Chart, table: ReplyTable, rows: Rows): string {
  const goesDown = chart.points.every((point, at) => at === 0 || point.y <= (chart.points[at - 1]?.y ?? point.y))
  const measure = rows.columns.findLastIndex((name) => columnLabel(name) === chart.y.name)
  const [first, second] = chart.points
  const value = table.rows[0]?.[measure]?.text
  if (!goesDown || !first || !second || value === undefined || first.y === second.y) return ''
  return `Highest ${chart.y.name}: ${first.x}, ${value}.`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
