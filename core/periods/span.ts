import type { DateTime, DurationLike } from 'luxon'
import type { Clock } from './clock.ts'

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'
export type RollingUnit = CalendarUnit | 'hour' | 'minute'

/** A stretch of time, `end` excluded; null where it is open. */
export type Span = {
  start: DateTime | null
  end: DateTime | null
  /** How far back the period before this one lies: a month for a month, 30 days for the last 30 days. */
  step?: DurationLike
  unit?: CalendarUnit
  /** Named without its year ("May", "Q3") or its week ("Tuesday"): the occurrence may move where a range asks for it. */
  recurs?: 'year' | 'week'
  /** Words that mean a period only behind a preposition: "on Tuesday"; "in May", "in Q3"; "in 2024". */
  weak?: 'day' | 'span' | 'year'
  /** A point in time ("9am", "the end of May"), which needs a "since" or "until" to become a period. */
  point?: 'time' | 'edge'
}

/** The calendar day, week, month, quarter or year that lies `offset` from the current one. */
export function calendarSpan(clock: Clock, unit: CalendarUnit, offset = 0): Span {
  return unitAt(clock, clock.today.plus(steps(unit, offset)), unit)
}

/** The calendar unit that holds a moment. */
export function unitAt(clock: Clock, moment: DateTime, unit: CalendarUnit): Span {
  const start = startOf(clock, moment, unit)
  return { start, end: startOf(clock, start.plus(steps(unit, 1)), unit), unit, step: steps(unit, 1) }
}

/**
 * The last (or next) `count` units, not aligned to the calendar. Days and longer count today as one of them and end
 * (or begin) with it; hours and minutes end at the moment of asking.
 */
export function rollingSpan(clock: Clock, count: number, unit: RollingUnit, direction: 'last' | 'next'): Span {
  const length = steps(unit, count)
  if (unit === 'hour' || unit === 'minute') {
    return direction === 'last'
      ? { start: clock.now.minus(length), end: clock.now, step: length }
      : { start: clock.now, end: clock.now.plus(length), step: length }
  }
  if (direction === 'next') {
    return { start: clock.today, end: clock.today.plus(length).startOf('day'), step: length }
  }
  const end = tomorrow(clock)
  return { start: end.minus(length).startOf('day'), end, step: length }
}

/** `count` whole calendar units before (or after) the current one. */
export function wholeUnits(clock: Clock, count: number, unit: CalendarUnit, direction: 'last' | 'next'): Span {
  const first = calendarSpan(clock, unit, direction === 'last' ? -count : 1)
  const last = calendarSpan(clock, unit, direction === 'last' ? -1 : count)
  return { start: first.start, end: last.end, step: steps(unit, count) }
}

/** The day of the week (1 Monday … 7 Sunday): the latest one up to today, or the first from today on. */
export function weekdayNear(clock: Clock, weekday: number): Span {
  const back = (clock.today.weekday - weekday + 7) % 7
  const offset = clock.ahead ? (7 - back) % 7 : -back
  return { ...calendarSpan(clock, 'day', offset), recurs: 'week' }
}

/**
 * Picks the year for a period named without one: the latest that has begun, or, for a question that looks ahead, the
 * first that has not ended. `inYear` gives null for a year that lacks it (29 February).
 */
export function yearlySpan(clock: Clock, inYear: (year: number) => Span | null): Span | null {
  const direction = clock.ahead ? 1 : -1
  for (let years = -1; years <= 8; years++) {
    const span = inYear(clock.today.year + direction * years)
    if (span?.start && span.end && (clock.ahead ? span.end > clock.now : span.start <= clock.now)) {
      return { ...span, recurs: 'year' }
    }
  }
  return null
}

/** The same span moved by a number of steps; starts of days stay starts of days across clock changes. */
export function shiftSpan(span: Span, step: DurationLike, times: number): Span {
  return { ...span, start: span.start && shift(span.start, step, times), end: span.end && shift(span.end, step, times) }
}

export function shift(moment: DateTime, step: DurationLike, times: number): DateTime {
  let moved = moment
  for (let done = 0; done < Math.abs(times); done++) moved = times < 0 ? moved.minus(step) : moved.plus(step)
  return isDayStart(moment) ? moved.startOf('day') : moved
}

export function isDayStart(moment: DateTime): boolean {
  return +moment === +moment.startOf('day')
}

export function tomorrow(clock: Clock): DateTime {
  return clock.today.plus({ days: 1 }).startOf('day')
}

export function steps(unit: RollingUnit, count: number): DurationLike {
  return { [`${unit}s`]: count }
}

function startOf(clock: Clock, moment: DateTime, unit: CalendarUnit): DateTime {
  if (unit !== 'week' || clock.weekStart === 'monday') return moment.startOf(unit)
  return moment.plus({ days: 1 }).startOf('week').minus({ days: 1 }).startOf('day')
}
