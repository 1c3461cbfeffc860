import { type Query, visit } from '#databases/gate/query.ts'
import type { ResolvedPeriod } from '../answer.ts'

const DAY_MS = 86_400_000

/** Whether a query asks for a period: the moments where it begins and ends stand in the SQL, as far as it has them. */
export function usesPeriod(query: Query, { start, end }: ResolvedPeriod): boolean {
  const literals = new Set<string>()
  for (const node of visit(query))
    if (node.kind === 'literal' && node.value !== null) literals.add(String(node.value).replace('T', ' '))
  const has = (spellings: string[]) => spellings.some((spelling) => literals.has(spelling))
  const begins = start.startsWith('0001') || has(spellingsOf(start))
  const ends = end.startsWith('9999') || has([...spellingsOf(end), ...lastDays(end)])
  return (begins && ends) || has(wholeUnit(start, end))
}

/** A moment as SQL may spell it: as text and as an epoch. */
function spellingsOf(moment: string): string[] {
  const milliseconds = Date.parse(moment)
  const text = moment.slice(0, 19).replace('T', ' ')
  const texts = text.endsWith(' 00:00:00') ? [text.slice(0, 10), text, text.slice(0, 16)] : [text, text.slice(0, 16)]
  return [...texts, String(milliseconds), String(Math.floor(milliseconds / 1000))]
}

/** The last day of a period, for SQL that includes its end. */
function lastDays(end: string): string[] {
  const last = new Date(Date.parse(`${end.slice(0, 10)}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
  return [last, `${last} 23:59:59`]
}

/** '2026' or '2026-10', as strftime gives them, for a period that is that year or month. */
function wholeUnit(start: string, end: string): string[] {
  const [year = '', month = '', day = ''] = start.slice(0, 10).split('-')
  const [nextYear, nextMonth, nextDay] = end.slice(0, 10).split('-')
  const isYear =
    month === '01' && day === '01' && Number(nextYear) === Number(year) + 1 && nextMonth === '01' && nextDay === '01'
  const following = month === '12' ? '01' : String(Number(month) + 1).padStart(2, '0')
  const isMonth = day === '01' && nextDay === '01' && nextMonth === following
  const years = isYear ? [year] : []
  return isMonth ? [...years, `${year}-${month}`] : years
}
