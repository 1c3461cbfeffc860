import { applyEdits, type Edit } from '../names/apply-edits.ts'
import { readScopes, type Scope, type Source } from '../names/read-scopes.ts'
import { words } from '../names/similar-name.ts'
import { tokenizeSql } from '../names/tokenize-sql.ts'

/**
 * A table that a query joins, takes nothing from and the question does not speak of: it leaves out rows without a partner and repeats those
 * with several ("authors of submissions" only for accepted ones). Undefined where there is none.
 */
export function unaskedJoin(question: string, sql: string): string | undefined {
  return findUnasked(question, sql)?.source.table?.name
}

/**
 * The query without that join, where rows are only shown: those that are counted may be counted over it, and in a part of a query it may be the
 * only condition. The same query where there is none that can be cut out.
 */
export function dropUnaskedJoin(sql: string, question: string): { sql: string; notes: string[] } {
  const found = readScopes(sql).length === 1 && !COUNTS.test(sql) ? findUnasked(question, sql) : undefined
  const edit = found && !isJoinedByAsked(found, words(question)) ? cut(sql, found) : undefined
  if (!found || !edit) return { sql, notes: [] }
  const notes = [`${found.source.table?.name} was left out: the question does not speak of it.`]
  return { sql: applyEdits(sql, [edit]), notes }
}

const COUNTS = /\b(?:COUNT|SUM|AVG|TOTAL|GROUP)\b/i

type Found = { source: Source; scope: Scope }

/** Whether the question names the column that it is joined by: "students who have president votes". */
function isJoinedByAsked({ source, scope }: Found, asked: string[]): boolean {
  const own = scope.references.filter(({ qualifier }) => qualifier?.name.toLowerCase() === source.alias.toLowerCase())
  const tables = new Set(scope.sources.flatMap(({ table }) => words(table?.name ?? '')))
  return own.some(({ column }) =>
    words(column.name).some((word) => word.length > 2 && !tables.has(word) && asked.includes(word)),
  )
}

function cut(sql: string, { source, scope }: Found): Edit | undefined {
  if (source === scope.sources[0]) return startingWithSecond(sql, scope)
  const { joinedAt, condition } = source
  return joinedAt !== null && condition ? { start: joinedAt, end: condition.end, text: '' } : undefined
}

/** `FROM a JOIN b ON …` as `FROM b`. */
function startingWithSecond(sql: string, { sources: [first, second, ...more] }: Scope): Edit | undefined {
  const condition = second?.condition
  if (!first?.table || !condition || more.length > 0) return undefined
  const tokens = tokenizeSql(sql)
  const table = first.table.start
  const from = tokens.filter(({ end }) => end <= table).at(-1)
  const join = tokens.find(({ text, start }) => start >= (second.joinedAt ?? 0) && /^JOIN$/i.test(text))
  const on = tokens.filter(({ start }) => start < condition.start).at(-1)
  if (!from || !join || !on) return undefined
  return { start: from.end, end: condition.end, text: ` ${sql.slice(join.end, on.start).trim()}` }
}

function findUnasked(question: string, sql: string): Found | undefined {
  const asked = words(question)
  for (const scope of readScopes(sql)) {
    // `*`, or a name without its table, may be taken from anywhere.
    const isPlain = scope.references.every(({ clause, qualifier }) => clause === 'on' || qualifier)
    const found =
      isPlain &&
      !ALL.test(sql) &&
      scope.sources.find((source) => isIdle(source, scope) && !isNamed(source, scope, asked))
    if (found) return { source: found, scope }
  }
  return undefined
}

const ALL = /(?:SELECT|DISTINCT|,|\.)\s*\*/i

/** Whether it is only joined, and to one table: one between two others ties them together. */
function isIdle({ table, alias }: Source, { sources, references }: Scope): boolean {
  const own = references.filter(({ qualifier }) => qualifier?.name.toLowerCase() === alias.toLowerCase())
  return table !== null && sources.length > 1 && own.length <= 1 && own.every(({ clause }) => clause === 'on')
}

/** Whether the question has a word of its name that no other table of the query has, or any where it has no word of its own. */
function isNamed(source: Source, { sources }: Scope, asked: string[]): boolean {
  const others = new Set(sources.flatMap((one) => (one === source ? [] : words(one.table?.name ?? ''))))
  const telling = words(source.table?.name ?? '').filter((word) => word.length > 3)
  const own = telling.filter((word) => !others.has(word))
  return (own.length > 0 ? own : telling).some((word) => asked.some((one) => alike(one, word)))
}

/** "book" and "bookings", "accepted" and "acceptance". */
function alike(asked: string, word: string): boolean {
  if (asked.startsWith(word) || (asked.length > 3 && word.startsWith(asked))) return true
  return asked.length >= STEM && asked.slice(0, STEM) === word.slice(0, STEM)
}

const STEM = 5
