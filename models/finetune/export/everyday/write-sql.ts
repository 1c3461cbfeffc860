import { quoteName } from '#core/sql/quote-name.ts'
import type { Column, Table } from '#databases/schema/schema.ts'
import type { Link } from './facts/read-facts.ts'

export type SqlParts = {
  select: string
  from: string
  where?: string[]
  group?: string
  having?: string
  order?: string
  limit?: number
}

/** One query from its clauses. */
export function writeSql({ select, from, where = [], group, having, order, limit }: SqlParts): string {
  const clauses = [
    `SELECT ${select} FROM ${from}`,
    where.length > 0 && `WHERE ${where.join(' AND ')}`,
    group && `GROUP BY ${group}`,
    having && `HAVING ${having}`,
    order && `ORDER BY ${order}`,
    limit !== undefined && `LIMIT ${limit}`,
  ]
  return clauses.filter(Boolean).join(' ')
}

/** A column with its table before it, as joins and hints write it. */
export function column(table: Table, { name }: Pick<Column, 'name'>): string {
  return `${quoteName(table.name)}.${quoteName(name)}`
}

/** Two tables over their key, the one that is asked about first. */
export function joined({ from, column: key, to, target }: Link, first: 'from' | 'to'): string {
  const [one, other] = first === 'from' ? [from.table, to.table] : [to.table, from.table]
  const [left, right] = [column(from.table, { name: key }), column(to.table, { name: target })]
  return `${quoteName(one.name)} JOIN ${quoteName(other.name)} ON ${first === 'from' ? `${left} = ${right}` : `${right} = ${left}`}`
}

/** A text as a literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
