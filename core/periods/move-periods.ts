import { applyEdits } from '../sql/apply-edits.ts'
import { isLiteral, type Token, tokenizeSql } from '../sql/tokenize-sql.ts'
import { type DateFormat, periodBounds } from './period-bounds.ts'

type Limits = { start: string; end: string }

/** A period as a query was written for, and the one that it is to be asked for. */
export type Move = { from: Limits; to: Limits }

/**
 * The query with its periods moved: "last week" asked again a week later. Null where a period that moves does not stand in the query with
 * both its bounds, since then nobody knows what else would have to change.
 */
export function movePeriods(sql: string, moves: Move[]): string | null {
  const moving = moves.filter(({ from, to }) => from.start !== to.start || from.end !== to.end)
  const tokens = tokenizeSql(sql)
  const literals = tokens.filter(isLiteral)
  const found = new Map<Token, string>()
  for (const move of moving) {
    const bounds = FORMATS.map((format) => findBounds(literals, move, format)).find((places) => places !== null)
    const places = bounds ?? findYear(tokens, move)
    if (!places) return null
    for (const [token, literal] of places) {
      const other = found.get(token)
      if (other !== undefined && other !== literal) return null
      found.set(token, literal)
    }
  }
  const edits = [...found].map(([{ start, end }, text]) => ({ start, end, text }))
  return applyEdits(sql, edits)
}

/** Years last: their figures are short enough to mean something else. */
const FORMATS: DateFormat[] = ['datetime', 'date', 'epoch-milliseconds', 'epoch-seconds', 'year']

/** Where the bounds of a period stand in one notation, with what is to stand there; null where one of them does not. */
function findBounds(tokens: Token[], { from, to }: Move, format: DateFormat): [Token, string][] | null {
  const [before, after] = [periodBounds(from, format), periodBounds(to, format)]
  if (!before.exact || !after.exact) return null
  const places: [Token, string][] = []
  for (const [old, next] of [
    [before.start, after.start],
    [before.end, after.end],
  ]) {
    if ((old === null) !== (next === null)) return null
    if (!old || !next) continue
    const there = tokens.filter(({ text }) => text === old)
    if (there.length === 0) return null
    places.push(...there.map((token): [Token, string] => [token, next]))
  }
  return places.length > 0 ? places : null
}

/** Where a year is compared with (`= 2025`, `= '2025'`), with the one that is to stand there; null where it stands in another way as well. */
function findYear(tokens: Token[], { from, to }: Move): [Token, string][] | null {
  const [year, next] = [yearOf(from), yearOf(to)]
  if (!year || !next) return null
  const mentions = tokens.filter((token) => isLiteral(token) && token.name.includes(year))
  const isCompared = (token: Token) => token.name === year && tokens[tokens.indexOf(token) - 1]?.text === '='
  if (mentions.length === 0 || !mentions.every(isCompared)) return null
  return mentions.map((token) => [token, token.text.replace(year, next)])
}

/** The year that a period is; null for any other period. */
function yearOf(period: Limits): string | null {
  const { start, end, exact } = periodBounds(period, 'year')
  return exact && start && Number(end) === Number(start) + 1 ? start : null
}
