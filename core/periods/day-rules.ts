import { DateTime } from 'luxon'
import type { Clock } from './clock.ts'
import { type Rule, rule, type Words } from './rule.ts'
import { calendarSpan, type Span, unitAt, weekdayNear, yearlySpan } from './span.ts'
import { atHour, partOfDay } from './time-of-day.ts'
import {
  DAY,
  MONTH,
  monthNumber,
  PART_OF_DAY,
  SHORT_WEEKDAY,
  WEEKDAY,
  weekdayNumber,
  YEAR,
  yearOf,
} from './vocabulary.ts'

const RELATIVE_YEAR = '(?:of )?(?<which>last|this|next) year'
const WHICH_YEAR = `(?:,?\\s*(?:of )?(?<year>${YEAR})| ${RELATIVE_YEAR})?`
const NEAR_DAYS = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
])

/** Single days, and the parts of them that have a name. */
export const DAY_RULES: Rule[] = [
  rule('(?:the )?day before yesterday', (_, clock) => calendarSpan(clock, 'day', -2)),
  rule('(?:the )?day after tomorrow', (_, clock) => calendarSpan(clock, 'day', 2)),
  rule(`(?<day>yesterday|today|tomorrow)(?: (?<part>${PART_OF_DAY}))?`, ({ day = '', part }, clock) =>
    partOfDay(calendarSpan(clock, 'day', NEAR_DAYS.get(day)), part),
  ),
  rule('this (?<part>morning|afternoon|evening)', ({ part }, clock) => partOfDay(calendarSpan(clock, 'day'), part)),
  rule('tonight', (_, clock) => partOfDay(calendarSpan(clock, 'day'), 'night')),
  rule('last night', (_, clock) => partOfDay(calendarSpan(clock, 'day', -1), 'night')),
  rule(`(?<name>${WEEKDAY})(?: (?<part>${PART_OF_DAY}))?`, ({ name = '', part }, clock) => ({
    ...partOfDay(weekdayNear(clock, weekdayNumber(name)), part),
    weak: 'day',
  })),
  rule(
    `(?<which>last|past|previous|this past|this coming|this|coming|next) (?<name>${SHORT_WEEKDAY})(?: (?<part>${PART_OF_DAY}))?`,
    ({ which = '', name = '', part }, clock) => partOfDay(weekdayOf(clock, which, weekdayNumber(name)), part),
  ),
  rule(`(?<name>${SHORT_WEEKDAY}),? (?:of )?(?<which>last|this|next) week`, ({ which = '', name = '' }, clock) =>
    weekdayInWeek(clock, { last: -1, this: 0, next: 1 }[which] ?? 0, weekdayNumber(name)),
  ),
  rule(`(?<which>last|this|next) week(?:['’]s)?(?: on)? (?<name>${WEEKDAY})`, ({ which = '', name = '' }, clock) =>
    weekdayInWeek(clock, { last: -1, this: 0, next: 1 }[which] ?? 0, weekdayNumber(name)),
  ),
  rule(
    '(?<y>\\d{4})[-/](?<m>\\d{1,2})[-/](?<d>\\d{1,2})(?:[T ](?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::\\d\\d)?)?',
    isoDay,
  ),
  rule('(?<d>\\d{1,2})\\.(?<m>\\d{1,2})\\.(?<y>\\d{4})', ({ y, m, d }, clock) => dayOf(clock, y, m, d)),
  rule('(?<a>\\d{1,2})(?<mark>[-/])(?<b>\\d{1,2})\\k<mark>(?<y>\\d{4}|\\d\\d)', (words, clock) =>
    figures(words, clock),
  ),
  rule('(?<a>\\d{1,2})/(?<b>\\d{1,2})(?!/)', (words, clock) => {
    const span = yearlySpan(clock, (year) => figures({ ...words, y: String(year) }, clock))
    return span && { ...span, weak: 'day' }
  }),
  rule(`(?:(?:${SHORT_WEEKDAY}),? )?(?:the )?(?<d>${DAY})(?: of)? (?<month>${MONTH})\\.?${WHICH_YEAR}`, namedDay),
  rule(`(?:(?:${SHORT_WEEKDAY}),? )?(?<month>${MONTH})\\.? (?:the )?(?<d>${DAY})${WHICH_YEAR}`, (words, clock) => {
    const span = namedDay(words, clock)
    const mayBeVerb = words.month === 'may' && !words.year && !words.which
    return span && mayBeVerb ? { ...span, weak: 'day' } : span
  }),
  rule(
    `(?:from |between )?(?:the )?(?<d>${DAY})\\s*(?:to|until|till|through|and|-|–) ?(?:the )?(?<last>${DAY})(?: of)? (?<month>${MONTH})${WHICH_YEAR}`,
    dayRange,
  ),
  rule(
    `(?:from |between )?(?<month>${MONTH}) (?<d>${DAY})\\s*(?:to|until|till|through|and|-|–)\\s*(?<last>${DAY})${WHICH_YEAR}`,
    dayRange,
  ),
]

/** The year that "May 2025" or "1 May last year" says; undefined where it says none. */
export function statedYear({ year, which }: Words, clock: Clock): number | undefined {
  if (year) return yearOf(year)
  if (which) return clock.today.year + ({ last: -1, next: 1 }[which] ?? 0)
  return undefined
}

function weekdayOf(clock: Clock, which: string, weekday: number): Span {
  if (which === 'this') return weekdayInWeek(clock, 0, weekday)
  const back = (clock.today.weekday - weekday + 7) % 7 || 7
  const isAhead = which === 'next' || which.endsWith('coming')
  const ahead = (weekday - clock.today.weekday + 7) % 7 || 7
  return calendarSpan(clock, 'day', isAhead ? ahead : -back)
}

function weekdayInWeek(clock: Clock, weeks: number, weekday: number): Span {
  const { start } = calendarSpan(clock, 'week', weeks)
  const first = start ?? clock.today
  return unitAt(clock, first.plus({ days: (weekday - first.weekday + 7) % 7 }), 'day')
}

function isoDay({ y, m, d, hour, minute }: Words, clock: Clock): Span | null {
  const span = dayOf(clock, y, m, d)
  if (!span || hour === undefined) return span
  const moment = atHour(span, Number(hour), Number(minute))
  return moment && { start: moment, end: moment.plus({ minutes: 1 }) }
}

/** 5/11/2026: the locale says which is the month, unless only one of them can be. */
function figures({ a = '', b = '', y = '' }: Words, clock: Clock): Span | null {
  const [month, day] = clock.monthFirst ? [a, b] : [b, a]
  const year = String(yearOf(y))
  return Number(month) > 12 ? dayOf(clock, year, day, month) : dayOf(clock, year, month, day)
}

function namedDay(words: Words, clock: Clock): Span | null {
  const { month = '', d = '' } = words
  const inYear = (year: number) => dayOf(clock, String(year), String(monthNumber(month)), d)
  const year = statedYear(words, clock)
  return year ? inYear(year) : yearlySpan(clock, inYear)
}

function dayRange(words: Words, clock: Clock): Span | null {
  const { month = '', d = '', last = '' } = words
  const inYear = (year: number): Span | null => {
    const from = dayOf(clock, String(year), String(monthNumber(month)), d)
    const to = dayOf(clock, String(year), String(monthNumber(month)), last)
    return from?.start && to?.end && from.start < to.end ? { start: from.start, end: to.end } : null
  }
  const year = statedYear(words, clock)
  return year ? inYear(year) : yearlySpan(clock, inYear)
}

function dayOf(clock: Clock, year = '', month = '', day = ''): Span | null {
  const date = { year: Number(year), month: Number(month), day: Number.parseInt(day, 10) }
  const moment = DateTime.fromObject(date, { zone: clock.now.zone })
  return moment.isValid ? unitAt(clock, moment, 'day') : null
}
