import type { DateTime } from 'luxon'
import type { Expression } from '#databases/gate/query.ts'
import { columnOf, type QueryScope } from '../sql/query-scope.ts'
import { type Moment, momentOf, momentWords } from './date-words.ts'
import type { Voice } from './voice.ts'

type DateComparison = {
  left: Expression
  right: Expression & { kind: 'literal' }
  operator: '=' | '<>' | '<' | '<=' | '>' | '>='
}

/** "order date is on or after 9 Nov 2026"; where a time of day is kept, what that leaves out of a day. */
export function sayDateComparison(voice: Voice, { left, right, operator }: DateComparison, scope: QueryScope): string {
  const moment = momentOf(right.value, columnOf(left, scope), voice.timeZone)
  const date = moment ? momentWords(moment, voice.locale) : voice.value(right, scope)
  const keepsTime = grainOf(left, scope) === 'moment' && moment !== null && !moment.hasTime
  const named =
    moment && operator === '=' && !keepsTime && !moment.hasTime ? periodWords(voice, moment.at, moment.at) : null
  if (named) return `${voice.value(left, scope)} is ${named}`
  return `${voice.value(left, scope)} ${(keepsTime ? MIDNIGHT_VERBS : DAY_VERBS)[operator].replace('…', date)}`
}

const DAY_VERBS = {
  '=': 'is …',
  '<>': 'is not …',
  '<': 'is before …',
  '<=': 'is on or before …',
  '>': 'is after …',
  '>=': 'is on or after …',
}

const MIDNIGHT_VERBS = {
  '=': 'is exactly midnight at the beginning of …',
  '<>': 'is not exactly midnight at the beginning of …',
  '<': 'is before …',
  '<=': 'is not after the beginning of … (the rest of that day is left out)',
  '>': 'is after the very beginning of …',
  '>=': 'is on or after …',
}

export type DateRange = {
  of: Expression
  low: Expression
  high: Expression
  includesLow: boolean
  includesHigh: boolean
}

/**
 * A range of dates in one phrase, by the name that the question gave it where it is one of its periods: "order date is in
 * 'last week' (Mon 9 to Sun 15 Nov 2026)". Null for what is no plain range of days.
 */
export function sayDateRange(voice: Voice, range: DateRange, scope: QueryScope): string | null {
  const { of, low, high, includesLow, includesHigh } = range
  const [from, to] = [low, high].map((bound) => momentIn(voice, bound, of, scope))
  if (!from || !to || from.hasTime || to.hasTime) return null
  const subject = voice.value(of, scope)
  if (grainOf(of, scope) === 'moment' && (includesHigh || !includesLow)) {
    const words = [from, to].map((moment) => momentWords(moment, voice.locale))
    if (!includesLow || !includesHigh) return null
    return `${subject} is from ${words[0]} to the beginning of ${words[1]} (the rest of that day is left out)`
  }
  const first = includesLow ? from.at : from.at.plus({ days: 1 })
  const last = includesHigh ? to.at : to.at.minus({ days: 1 })
  if (last < first) return null
  return `${subject} is ${periodWords(voice, first, last) ?? daysWords(voice, first, last)}`
}

function periodWords({ periods }: Voice, from: DateTime, last: DateTime): string | null {
  const next = last.plus({ days: 1 })
  const period = periods.find(
    ({ start, end }) => start.startsWith(`${from.toISODate()}T00:00`) && end.startsWith(`${next.toISODate()}T00:00`),
  )
  if (!period) return null
  const dates = period.label.slice(period.label.indexOf(': ') + 2)
  const name = `'${period.label.slice(0, period.label.indexOf(': '))}' (${dates})`
  return +from === +last ? name : `in ${name}`
}

function daysWords({ locale }: Voice, from: DateTime, last: DateTime): string {
  const words = [from, last].map((at) => momentWords({ at, hasTime: false }, locale))
  return words[0] === words[1] ? `on ${words[0]}` : `from ${words[0]} to ${words[1]}`
}

function momentIn(voice: Voice, bound: Expression, of: Expression, scope: QueryScope): Moment | null {
  return bound.kind === 'literal' ? momentOf(bound.value, columnOf(of, scope), voice.timeZone) : null
}

/** Whether values are whole days or moments within them. */
function grainOf(expression: Expression, scope: QueryScope): 'day' | 'moment' {
  if (expression.kind === 'call')
    return expression.name === 'datetime' || expression.name === 'current_timestamp' ? 'moment' : 'day'
  const column = columnOf(expression, scope)
  if (column?.dateFormat) return column.dateFormat === 'date' || column.dateFormat === 'year' ? 'day' : 'moment'
  return /time/i.test(column?.type ?? '') ? 'moment' : 'day'
}
