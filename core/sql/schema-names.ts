import type { Schema, Table } from '#databases/schema/schema.ts'
import { groupBy } from '../group-by.ts'
import { words } from '../words/split-words.ts'
import { same } from './query-scope.ts'

/** A pair of columns over which two tables are joined. */
export type Link = { from: { table: string; column: string }; to: { table: string; column: string } }

export type JoinedColumn = { table: { name: string }; column: string }

/** Looks up tables and columns as SQLite does (case does not matter) and knows how tables are joined. */
export type SchemaNames = {
  tables: Table[]
  table(name: string): Table | undefined
  column(table: string, name: string): string | undefined
  tablesWith(column: string): Table[]
  /** True where the texts that are asked name the table, in the singular or the plural. */
  isAsked(table: string): boolean
  /** The foreign key between two tables, in either direction, seen from `from`; declared keys before guessed ones. */
  link(from: string, to: string): Link | undefined
  /** True where a foreign key joins the two columns, or both point to the same one. */
  areLinked(left: JoinedColumn, right: JoinedColumn): boolean
  /** The shortest way of joins from one of the tables to `to`; empty when it is among them, undefined when there is none. */
  path(from: string[], to: string): Link[] | undefined
}

export function schemaNames(schema: Schema, asked: string[] = []): SchemaNames {
  const askedWords = new Set(asked.flatMap(words))
  const byName = new Map(schema.tables.map((table) => [table.name.toLowerCase(), table]))
  const links = allLinks(schema)
  const linksFrom = groupBy(links, ({ from }) => from.table.toLowerCase())
  const table = (name: string) => byName.get(name.toLowerCase())
  const column = (tableName: string, name: string) =>
    table(tableName)?.columns.find((one) => one.name.toLowerCase() === name.toLowerCase())?.name
  const link = (from: string, to: string) => links.find((one) => same(one.from.table, from) && same(one.to.table, to))
  const targets = ({ table: { name }, column: from }: JoinedColumn) => [
    `${name}.${from}`.toLowerCase(),
    ...links
      .filter((one) => same(one.from.table, name) && same(one.from.column, from))
      .map(({ to }) => `${to.table}.${to.column}`.toLowerCase()),
  ]
  return {
    tables: schema.tables,
    table,
    column,
    tablesWith: (name) => schema.tables.filter((one) => column(one.name, name) !== undefined),
    isAsked: (name) => words(name).every((word) => askedWords.has(word)),
    link,
    areLinked: (left, right) => targets(left).some((target) => targets(right).includes(target)),
    path: (from, to) => shortestPath(linksFrom, from, to),
  }
}

function allLinks(schema: Schema): Link[] {
  const keys = schema.tables.flatMap((table) => table.foreignKeys.map((key) => ({ table: table.name, key })))
  return keys
    .sort((one, other) => Number(one.key.guessed) - Number(other.key.guessed))
    .flatMap(({ table, key }) => {
      const [column, target] = [key.columns[0], key.references.columns[0]]
      if (key.columns.length !== 1 || column === undefined || target === undefined) return []
      const there = { from: { table, column }, to: { table: key.references.table, column: target } }
      return [there, { from: there.to, to: there.from }]
    })
}

/** Breadth first: every table is reached over the shortest way. */
function shortestPath(linksFrom: Map<string, Link[]>, from: string[], to: string): Link[] | undefined {
  const seen = new Set(from.map((name) => name.toLowerCase()))
  if (seen.has(to.toLowerCase())) return []
  const queue: { table: string; path: Link[] }[] = from.map((table) => ({ table, path: [] }))
  for (const { table, path } of queue) {
    for (const link of linksFrom.get(table.toLowerCase()) ?? []) {
      if (seen.has(link.to.table.toLowerCase())) continue
      const longer = [...path, link]
      if (same(link.to.table, to)) return longer
      seen.add(link.to.table.toLowerCase())
      queue.push({ table: link.to.table, path: longer })
    }
  }
  return undefined
}
