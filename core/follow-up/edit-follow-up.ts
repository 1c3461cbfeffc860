import type { ValueHint } from '../linking/link-values.ts'
import { words } from '../names/similar-name.ts'
import { type Token, tokenizeSql } from '../names/tokenize-sql.ts'
import { movePeriods } from '../periods/move-periods.ts'
import type { Turn } from '../question.ts'
import type { Understood } from '../understand.ts'

/**
 * The query of a follow-up that only moves the period ("and last month?") or only narrows by a value ("only in France"), made from the
 * turn before by changing nothing else. Null where the follow-up asks for more than that: then the model writes.
 */
export function editFollowUp(text: string, { sql }: Turn, understood: FollowedUp): string | null {
  const { named, kept, values, coverage } = understood
  if (coverage.unknown.length > 0 || !leadsOn(text, understood)) return null
  const [period, ...morePeriods] = named
  const [before, ...moreBefore] = kept
  if (period && before && morePeriods.length + moreBefore.length === 0 && coverage.known.length === 0) {
    return movePeriods(sql, [{ from: before, to: period }])
  }
  const [value, ...moreValues] = values
  return value && moreValues.length === 0 && named.length === 0 ? narrow(sql, value) : null
}

export type FollowedUp = Pick<Understood, 'named' | 'kept' | 'values' | 'coverage' | 'schema'>

/** "And only in …": words that lead on to the period or value, and the tables' own names, but nothing that asks for something else. */
function leadsOn(text: string, { named, values, schema }: FollowedUp): boolean {
  const parts = [...named.map((period) => period.text), ...values.map((value) => value.matched)]
  const rest = parts.reduce((left, part) => left.replace(part, ' '), text)
  const tables = new Set(schema.tables.flatMap((table) => words(table.name)))
  const [first, ...others] = words(rest)
  return first !== undefined && LEADING.has(first) && others.every((word) => LEADING.has(word) || tables.has(word))
}

const LEADING = new Set(
  'and but now ok okay then only just in from for of with by what how about the last this since during on those one to at please same'.split(
    ' ',
  ),
)

function narrow(sql: string, { column, value }: ValueHint): string | null {
  const tokens = tokenizeSql(sql.replace(/[\s;]+$/, ''))
  const literal = `'${value.replaceAll("'", "''")}'`
  const filtered = filteredBy(tokens, column)
  if (filtered) return sql.slice(0, filtered.start) + literal + sql.slice(filtered.end)
  const outer = tokens.filter((_, index) => depthAt(tokens, index) === 0)
  if (outer.some((token) => TOO_COMPLEX.has(token.text.toUpperCase()))) return null
  const where = outer.find((token) => token.text.toUpperCase() === 'WHERE')
  const tail = outer.find((token) => TAIL.has(token.text.toUpperCase()))
  const end = tail ? tokens[tokens.indexOf(tail) - 1]?.end : tokens.at(-1)?.end
  if (end === undefined) return null
  return `${sql.slice(0, end)} ${where ? 'AND' : 'WHERE'} ${column} = ${literal}${sql.slice(end)}`
}

/** The text that the query already compares this column with. */
function filteredBy(tokens: Token[], column: string): Token | undefined {
  const name = (tokenizeSql(column).at(-1)?.name ?? '').toLowerCase()
  const at = tokens.findIndex(
    (token, index) =>
      token.name.toLowerCase() === name && tokens[index + 1]?.text === '=' && tokens[index + 2]?.kind === 'string',
  )
  return at < 0 ? undefined : tokens[at + 2]
}

function depthAt(tokens: Token[], index: number): number {
  return tokens.slice(0, index).reduce((depth, { text }) => depth + (text === '(' ? 1 : text === ')' ? -1 : 0), 0)
}

const TOO_COMPLEX = new Set(['OR', 'UNION', 'INTERSECT', 'EXCEPT', 'WITH', 'HAVING', 'VALUES'])
const TAIL = new Set(['GROUP', 'ORDER', 'LIMIT'])
