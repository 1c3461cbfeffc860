import { singularize } from 'inflection'
import { quoteName } from '#core/sql/quote-name.ts'
import { tokenizeSql } from '#core/sql/tokenize-sql.ts'
import { words } from '#core/words/split-words.ts'
import { gate } from '#databases/gate/gate.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'
import { SYNONYMS } from './everyday/words/synonyms.ts'
import { isSqlWord } from './normalise-sql.ts'
import type { ExampleDatabase } from './render-example.ts'
import type { TrainingExample } from './training-example.ts'

/** A database whose tables and columns are called otherwise, and what turns an example into one about it (null where that cannot be done). */
export type Renamed = { database: ExampleDatabase; example(one: TrainingExample): TrainingExample | null }

/** Names as other people would have chosen them: shortened ("cust_nm"), or other words for the same. The questions stay as they are. */
export function renameSchema({ schema, values }: ExampleDatabase, draws: Draws): Renamed {
  const style = draws.pick([shortened, shortened, inOtherWords])
  const join = draws.pick([snakeCase, snakeCase, camelCase])
  const names = newNames(schema, (name) => join(style(name, draws)))
  const named = (name: string) => names.get(name.toLowerCase()) ?? name
  const renamed = { ...schema, tables: schema.tables.map((table) => renameTable(table, named)) }
  const match: ExampleDatabase['values']['match'] = (text, limit) =>
    values.match(text, limit).map((found) => ({ ...found, table: named(found.table), column: named(found.column) }))
  return {
    database: { schema: renamed, values: { match } },
    example(one) {
      const sql = renameSql(one.sql, named)
      const follows = one.follows && { ...one.follows, sql: renameSql(one.follows.sql, named) }
      return gate(sql, renamed).ok ? { ...one, source: 'renamed', sql, ...(follows && { follows }) } : null
    },
  }
}

/** A new name for each old one; two names never become one, and words of SQL stay what they are. */
function newNames(schema: Schema, style: (name: string) => string): Map<string, string> {
  const old = new Set(schema.tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]))
  const taken = new Set([...old].map((name) => name.toLowerCase()))
  const names = new Map<string, string>()
  for (const name of old) {
    const other = style(name)
    if (taken.has(other.toLowerCase()) || isSqlWord(name) || isSqlWord(other)) continue
    taken.add(other.toLowerCase())
    names.set(name.toLowerCase(), other)
  }
  return names
}

function renameTable(table: Table, named: (name: string) => string): Table {
  const all = (names: string[]) => names.map(named)
  return {
    ...table,
    name: named(table.name),
    columns: table.columns.map((column) => ({ ...column, name: named(column.name) })),
    primaryKey: all(table.primaryKey),
    foreignKeys: table.foreignKeys.map(({ columns, references, guessed }) => ({
      columns: all(columns),
      references: { table: named(references.table), columns: all(references.columns) },
      guessed,
    })),
    uniqueKeys: table.uniqueKeys.map(all),
    indexes: table.indexes.map(all),
  }
}

/** Every mention of a name, aliases that are spelt like one included, so that they still agree with each other. */
function renameSql(sql: string, named: (name: string) => string): string {
  const mentions = tokenizeSql(sql).filter(
    ({ kind, name }) => (kind === 'word' || kind === 'quoted') && named(name) !== name,
  )
  return mentions
    .reverse()
    .reduce((text, { name, start, end }) => text.slice(0, start) + quoteName(named(name)) + text.slice(end), sql)
}

function inOtherWords(name: string, draws: Draws): string[] {
  return words(name).flatMap((word) =>
    (Object.hasOwn(SYNONYMS, word) ? draws.pick(SYNONYMS[word] ?? []) : word).split(' '),
  )
}

/** Known abbreviations, else the consonants of long words, else their beginning. */
function shortened(name: string, draws: Draws): string[] {
  return words(name).map((word) => {
    const known = SHORT[singularize(word)]
    if (known !== undefined) return known
    if (word.length < 5) return word
    return draws.chance(0.5) ? word.slice(0, draws.whole(3, 5)) : word.charAt(0) + word.slice(1).replace(/[aeiou]/g, '')
  })
}

function snakeCase(parts: string[]): string {
  return parts.join('_')
}

function camelCase(parts: string[]): string {
  return parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('')
}

const SHORT: Record<string, string> = {
  address: 'addr',
  amount: 'amt',
  average: 'avg',
  country: 'ctry',
  customer: 'cust',
  date: 'dt',
  department: 'dept',
  description: 'descr',
  employee: 'emp',
  manager: 'mgr',
  name: 'nm',
  number: 'no',
  organization: 'org',
  product: 'prod',
  quantity: 'qty',
  type: 'typ',
  year: 'yr',
}
