import { quoteText } from '#databases/schema/quote-name.ts'
import type { Column, ForeignKey, Schema, SqlValue, Table } from '#databases/schema/schema.ts'
import { quoteName } from '../sql/quote-name.ts'
import { oneLine } from './one-line.ts'

const MOST_CODES = 6
const LONGEST_VALUE = 32

/** The schema as the model reads it: CREATE TABLE statements with keys, comments, typical values and date formats. */
export function renderSchema(schema: Schema): string {
  return schema.tables.map(renderTable).join('\n')
}

/** One table as a CREATE TABLE statement; the unit in which a schema over the budget is cut. */
export function renderTable(table: Table): string {
  const lines = table.columns.map((column) => [declaration(column, table), remark(column)] as const)
  const keys = [...primaryKey(table), ...table.foreignKeys.map(foreignKey)].map((key) => [key, ''] as const)
  const body = [...lines, ...keys].map(
    ([text, note], index, all) => `  ${text}${index < all.length - 1 ? ',' : ''}${note && ` -- ${note}`}`,
  )
  const comment = table.comment ? ` -- ${oneLine(table.comment)}` : ''
  return [`CREATE TABLE ${quoteName(table.name)} (${comment}`, ...body, ');'].join('\n')
}

function declaration(column: Column, table: Table): string {
  const alone = table.primaryKey.length === 1 && table.primaryKey[0] === column.name
  return [quoteName(column.name), column.type.toUpperCase(), alone ? 'PRIMARY KEY' : ''].filter(Boolean).join(' ')
}

function primaryKey(table: Table): string[] {
  return table.primaryKey.length > 1 ? [`PRIMARY KEY (${table.primaryKey.map(quoteName).join(', ')})`] : []
}

function foreignKey(key: ForeignKey): string {
  const target = `${quoteName(key.references.table)} (${key.references.columns.map(quoteName).join(', ')})`
  return `FOREIGN KEY (${key.columns.map(quoteName).join(', ')}) REFERENCES ${target}`
}

function remark(column: Column): string {
  return [
    column.comment && oneLine(column.comment),
    column.dateFormat && DATE_FORMATS[column.dateFormat],
    examples(column),
  ]
    .filter(Boolean)
    .join('; ')
}

const DATE_FORMATS = {
  date: 'YYYY-MM-DD',
  datetime: 'YYYY-MM-DD HH:MM:SS',
  'epoch-seconds': 'Unix time in seconds',
  'epoch-milliseconds': 'Unix time in milliseconds',
  year: 'a year',
}

/** Only small, complete sets: they are codes that a question may circumscribe. Single values of larger ones tempt the model to filter by them. */
function examples(column: Column): string {
  const texts = column.values.filter((value): value is string => isShowable(value))
  if (column.dateFormat || !column.valuesComplete || texts.length < 2 || texts.length > MOST_CODES) return ''
  return texts.map(quoteText).join(', ')
}

function isShowable(value: SqlValue): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_VALUE && !/\p{Cc}/u.test(value)
}
