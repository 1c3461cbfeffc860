import type { Schema, Table } from '#databases/schema/schema.ts'
import type { UnknownName } from '../fit/names/fix-names.ts'
import { quantityAndPrice } from '../fit/operations/price-times-quantity.ts'
import type { Doubt } from './find-doubt.ts'
import type { RepeatedRows } from './repeated-rows.ts'

/** What the model is told about its last query: the error, and the exact names or values that there are, nearest first. */
export function complain(doubt: Doubt, schema: Schema): string {
  switch (doubt.kind) {
    case 'failed':
      return [
        `This query fails: ${doubt.message.slice(0, 200)}.`,
        ...doubt.unknown.map((name) => validNames(name)),
      ].join(' ')
    case 'period-ignored':
      return `This query does not filter by "${doubt.hint.period.text}". Add: ${doubt.hint.conditions.join(' or ')}.`
    case 'period-misplaced':
      return `In this query "${doubt.misplaced.hint.period.text}" is about ${doubt.misplaced.column.table}.${doubt.misplaced.column.column.name}. Use instead: ${doubt.misplaced.hint.conditions.join(' or ')}.`
    case 'number-ignored':
      return `This query does not use ${doubt.number}, which the question names.`
    case 'value-ignored':
      return `This query does not use ${doubt.hint.column} = '${doubt.hint.value}', which the question names.`
    case 'operation-ignored':
      return `This query has no ${doubt.operation.sql}, though the question says "${doubt.operation.word}".`
    case 'attribute-ignored':
      return `This query does not give the ${doubt.word} that the question asks for.`
    case 'number-invented':
      return `This query compares with ${doubt.number}, which the question does not name.`
    case 'figure-senseless':
      return doubt.figure.kind === 'dates-summed'
        ? `This query adds up ${doubt.figure.column}, which holds dates. Use julianday() for the days between two dates.`
        : 'This query divides something by itself.'
    case 'text-invented':
      return `This query compares with '${doubt.text}', which the question does not name.`
    case 'range-unasked':
      return `This query uses BETWEEN ${doubt.range}, though the question names no such range.`
    case 'odd-join':
      return `This query joins ${doubt.join}, which do not belong together. Join over the foreign keys.`
    case 'table-ignored':
      return `This query does not use the table ${doubt.table}, which the question names.`
    case 'join-unasked':
      return `This query joins ${doubt.table}, takes nothing from it, and the question does not speak of it. Leave it out.`
    case 'rows-repeated':
      return repeats(doubt.rows)
    case 'unknown-value': {
      const { table, column, value } = doubt.value
      return `This query finds nothing: ${table}.${column} is never '${value}'.${valuesOf(table, column, schema)}`
    }
    case 'empty':
      return 'This query finds nothing. Check its conditions and joins.'
  }
}

function validNames({ name, kind, near }: UnknownName): string {
  const choices = near.slice(0, 8).join(', ')
  return kind === 'table'
    ? `There is no table ${name}. The tables are: ${choices}.`
    : `There is no column ${name}. There are: ${choices}.`
}

function valuesOf(table: string, column: string, schema: Schema): string {
  const found = schema.tables.find((one) => one.name === table)?.columns.find((one) => one.name === column)
  const values = found?.valuesComplete ? found.values.filter((value) => typeof value === 'string').slice(0, 8) : []
  return values.length > 0 ? ` It is one of: ${values.map((value) => `'${value}'`).join(', ')}.` : ''
}

function repeats({ aggregate, table, by }: RepeatedRows): string {
  const summed = summable(by)
  const instead = summed ? `Sum ${summed}, or use a subquery` : 'Use a subquery'
  return `This query joins every row of ${table.name} with several rows of ${by.name}, so that ${aggregate}() takes it several times. ${instead} that aggregates ${table.name} before the join.`
}

/** What a table has for the amount of one row: an amount, or a quantity and a price. */
function summable(table: Table): string | undefined {
  const amount = table.columns.find(({ name }) => /amount|total|revenue|subtotal/i.test(name))
  if (amount) return `${table.name}.${amount.name}`
  const pair = quantityAndPrice(table)
  return pair && `${table.name}.${pair.quantity} * ${table.name}.${pair.price}`
}
