import { applyEdits } from '../../sql/apply-edits.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { words } from '../../words/split-words.ts'

/**
 * "for each type of company, how many flights are there" answered with the number of companies: rows of the table that is to be counted are
 * joined over the one foreign key that leads from it to the only table of the query. Stays as it is where the query counts them, or anything
 * else, already.
 */
export function joinCounted(sql: string, question: string, names: SchemaNames): { sql: string; notes: string[] } {
  const unchanged = { sql, notes: [] }
  const [scope, ...inner] = readScopes(sql)
  const [source, ...others] = scope?.sources ?? []
  const counting = source?.table && names.table(source.table.name)
  if (!scope || !source || !counting || inner.length > 0 || others.length > 0) return unchanged
  if ((sql.match(/\bcount\s*\(/gi) ?? []).length !== 1 || !/\bcount\s*\(\s*\*\s*\)/i.test(sql)) return unchanged
  const asked = words(COUNTED.exec(question)?.[1] ?? '')
  const isAsked = (name: string) => words(name).every((word, at) => asked[at] === word)
  const counted = names.tables.find(({ name }) => isAsked(name))
  // "how many orders" may also be a number that stands in the table itself.
  const isHeld = [counting.name, ...counting.columns.map(({ name }) => name)].some((name) =>
    words(counted?.name ?? '').every((word) => words(name).includes(word)),
  )
  const keys = counted?.foreignKeys.filter(({ references }) => references.table === counting.name) ?? []
  const [key, ...more] = keys
  if (!counted || isHeld || !key || more.length > 0 || key.columns.length !== 1) return unchanged
  const side = (table: string, column = '') => `${quoteName(table)}.${quoteName(column)}`
  const join = ` JOIN ${quoteName(counted.name)} ON ${side(counted.name, key.columns[0])} = ${side(source.alias, key.references.columns[0])}`
  const bare = scope.references.filter(
    ({ qualifier, column }) => !qualifier && names.column(counting.name, column.name),
  )
  const edits = [
    { start: scope.fromEnd, end: scope.fromEnd, text: join },
    ...bare.map(({ column: { start } }) => ({ start, end: start, text: `${quoteName(source.alias)}.` })),
  ]
  return { sql: applyEdits(sql, edits), notes: [`${counted.name} was joined over its foreign key, to be counted.`] }
}

const COUNTED = /\b(?:how many|(?:number|count|no\.) of)\s+(?:of\s+)?(?:(?:the|our|all|different)\s+)*(.+)/i
