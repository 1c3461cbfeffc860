import type { Schema, Table } from '#databases/schema/schema.ts'
import { tokenizeSql } from '../sql/tokenize-sql.ts'
import { FUNCTION_WORDS } from '../words/function-words.ts'
import { words } from '../words/split-words.ts'

/**
 * A table that the question calls by its name and that nothing in a query stands for: "schools with more than one player" answered without
 * players. Undefined where there is none. A key to it stands for it where the query uses that key, or counts rows that have one.
 */
export function ignoredTable(question: string, sql: string, schema: Schema): Table | undefined {
  const tokens = tokenizeSql(sql)
  const names = new Set(tokens.map(({ name }) => name.toLowerCase()))
  const isUsed = ({ name }: { name: string }) => names.has(name.toLowerCase())
  const used = schema.tables.filter(isUsed)
  const asked = words(question)
  const said = new Set(question.toLowerCase().split(/[^\p{L}]+/u))
  const texts = tokens.filter(({ kind }) => kind === 'string').flatMap(({ name }) => words(name))
  const standing = used.flatMap((table) => [
    table,
    ...table.columns.filter((column) => isUsed(column) || !isKey(column, table)),
  ])
  const explained = new Set([...texts, ...standing.flatMap(({ name }) => words(name))])
  const countsRows = COUNTS.test(sql)
  const pointedTo = used.flatMap(({ foreignKeys }) =>
    foreignKeys
      .filter(({ columns }) => countsRows || columns.some((name) => isUsed({ name })))
      .map(({ references }) => references.table),
  )
  return schema.tables.find((table) => {
    const own = words(table.name)
    const isNamed = asked.some((_, at) => own.every((word, index) => asked[at + index] === word))
    // "in alphabetical order" is not about orders.
    const isCommon = own.every((word) => FUNCTION_WORDS.has(word)) && !said.has(`${own.at(-1)}s`)
    return (
      isNamed &&
      !isCommon &&
      !used.includes(table) &&
      !pointedTo.includes(table.name) &&
      !own.every((word) => explained.has(word))
    )
  })
}

function isKey({ name }: { name: string }, { foreignKeys }: Table): boolean {
  return foreignKeys.some(({ columns }) => columns.includes(name))
}

/** What looks at whether rows are there, and how many. */
const COUNTS = /\bCOUNT\s*\(|\bNOT\s+IN\b|\bEXCEPT\b|\bEXISTS\b/i
