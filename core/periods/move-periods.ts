import { applyEdits } from '../sql/apply-edits.ts'
import { type Token, tokenizeSql } from '../sql/tokenize-sql.ts'
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
  const tokens = tokenizeSql(sql).filter(({ kind }) => kind === 'string' || kind === 'number')
  const found = new Map<Token, string>()
  for (const move of moving) {
    const places = FORMATS.map((format) => findBounds(tokens, move, format)).find((bounds) => bounds !== null)
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
