import { CALENDAR_RULES } from './calendar-rules.ts'
import { DAY_RULES } from './day-rules.ts'
import { COMPARING_RULES, RELATIVE_RULES } from './relative-rules.ts'
import { type Context, matchAt, phrase, type Reading, type Rule, skipSpace, type Words } from './rule.ts'
import { type CalendarUnit, calendarSpan, type Span, shift, steps, tomorrow, unitAt } from './span.ts'
import { TIME_RULES } from './time-of-day.ts'
import { COUNT, countOf, ORDINAL, ordinalOf, UNIT, unitOf, WEEKDAY, weekdayNumber } from './vocabulary.ts'

const RULES = [...COMPARING_RULES, ...RELATIVE_RULES, ...DAY_RULES, ...CALENDAR_RULES, ...TIME_RULES]
const DEEPEST = 3

/** The longest single period (no "since", no "between") that begins exactly at an offset. */
export function readPeriod(text: string, at: number, context: Context): Reading | null {
  const known = context.readings.get(at)
  if (known !== undefined) return known
  const reading = readAfresh(text, at, context, 0)
  context.readings.set(at, reading)
  return reading
}

function readAfresh(text: string, at: number, context: Context, depth: number): Reading | null {
  // COMPARING_RULES come first: of two readings of the same words, the one that refers to a period before wins.
  const whole = [...RULES.map((rule) => apply(rule, text, at, context)), ...partsOf(text, at, context, depth)]
  return upToNow(text, longest(whole), context)
}

export function longest(readings: (Reading | null)[]): Reading | null {
  return readings.reduce((best, next) => (next && next.end > (best?.end ?? -1) ? next : best), null)
}

function apply({ pattern, read }: Rule, text: string, at: number, context: Context): Reading | null {
  const match = matchAt(pattern, text, at)
  const span = match && read(match.words, context)
  return match && span ? { span, end: match.end } : null
}

type PartRule = { pattern: RegExp; part: (whole: Span, words: Words, context: Context) => Span | null }

/** Parts of another period: "the week of 3 November", "the last 3 days of May", "the end of the year". */
const PART_RULES: PartRule[] = [
  {
    pattern: phrase('(?:the )?week (?:of|from|starting|beginning|commencing)(?: on)?|w/c'),
    part: ({ start, unit }, _, context) => (start && unit === 'day' ? unitAt(context, start, 'week') : null),
  },
  {
    pattern: phrase('(?:the )?week ending(?: on)?'),
    part: ({ end, unit }) =>
      end && unit === 'day' ? { start: shift(end, { weeks: 1 }, -1), end, step: { weeks: 1 } } : null,
  },
  {
    pattern: phrase(`(?:the )?(?<which>${ORDINAL}) (?:(?<count>${COUNT}) )?(?<unit>${UNIT})s? (?:of|in)(?: the)?`),
    part: (whole, { which = '', count = '1', unit }, context) =>
      nthPart(whole, ordinalOf(which), countOf(count), unitOf(unit), context),
  },
  {
    pattern: phrase(`(?:the )?(?<which>${ORDINAL}) (?<name>${WEEKDAY}) (?:of|in)(?: the)?`),
    part: (whole, { which = '', name = '' }, context) =>
      nthWeekday(whole, ordinalOf(which), weekdayNumber(name), context),
  },
  {
    // Who "came 3rd in May" came so on any day of it, what happened "on the 3rd in May" on that one.
    pattern: phrase(
      '(?:the )?(?<day>\\d{1,2}(?:st|nd|rd|th)) (?:of|(?<=\\bon (?:the )?\\d{1,2}(?:st|nd|rd|th) )in)(?: the)?',
    ),
    part: (whole, { day = '' }, context) =>
      whole.unit === 'month' ? nthPart(whole, Number.parseInt(day, 10), 1, 'day', context) : null,
  },
  {
    pattern: phrase(
      `(?<!than )(?:(?:the )?(?:last )?(?<count>${COUNT}) |the )(?<unit>${UNIT})s? (?:before|prior to|leading up to)`,
    ),
    part: ({ start }, { count = '1', unit }) => beside(start, countOf(count), unitOf(unit), -1),
  },
  {
    pattern: phrase(`(?<!than )(?:(?:the )?(?:first )?(?<count>${COUNT}) |the )(?<unit>${UNIT})s? (?:after|following)`),
    part: ({ end }, { count = '1', unit }) => beside(end, countOf(count), unitOf(unit), 1),
  },
  {
    pattern: phrase(`more than (?<count>${COUNT}) (?<unit>${UNIT})s? (?:before|prior to)`),
    part: ({ start }, { count = '', unit }) => {
      const end = beside(start, countOf(count), unitOf(unit), -1)?.start
      return end ? { start: null, end } : null
    },
  },
  { pattern: phrase('so far(?: in| during)?'), part: (whole, _, context) => cutAtToday(whole, context) },
  { pattern: phrase('(?:the )?(?:start|beginning) of(?: the)?'), part: ({ start }) => point(start) },
  { pattern: phrase('(?:the )?end of(?: the)?'), part: ({ end }) => point(end) },
]

function partsOf(text: string, at: number, context: Context, depth: number): (Reading | null)[] {
  if (depth === DEEPEST) return []
  return PART_RULES.map(({ pattern, part }) => {
    const match = matchAt(pattern, text, at)
    const whole = match && readWhole(text, skipSpace(text, match.end), context, depth + 1)
    const span = match && whole && part(whole.span, match.words, context)
    return whole && span ? { span, end: whole.end } : null
  })
}

const CURRENT = phrase(`(?<unit>week|month|quarter|year)`)

/** What a part belongs to: a period, or "the year" and the like, which mean the current one. */
function readWhole(text: string, at: number, context: Context, depth: number): Reading | null {
  const match = matchAt(CURRENT, text, at)
  const current = match && { span: calendarSpan(context, unitOf(match.words.unit)), end: match.end }
  return longest([readAfresh(text, at, context, depth), current])
}

const SO_FAR = phrase(',? (?:so far|to date|until now|up to now|till now)')

function upToNow(text: string, reading: Reading | null, context: Context): Reading | null {
  const match = reading && matchAt(SO_FAR, text, reading.end)
  const span = match && cutAtToday(reading.span, context)
  return span ? { span, end: match.end } : reading
}

/** What there is of a period up to today; null for one that has not begun. */
function cutAtToday({ start, end, step }: Span, context: Context): Span | null {
  const last = tomorrow(context)
  if (!start || start >= last) return null
  return { start, end: end && end < last ? end : last, step }
}

function nthPart(whole: Span, nth: number, count: number | null, unit: CalendarUnit, context: Context): Span | null {
  if (!whole.start || !whole.end || !count) return null
  // Weeks are counted from the first day, since calendar weeks do not fit into months.
  const from = nth < 0 ? shift(whole.end, steps(unit, count), -1) : shift(whole.start, steps(unit, count), nth - 1)
  const end = shift(from, steps(unit, count), 1)
  if (from < whole.start || end > whole.end) return null
  const isCalendarUnit = count === 1 && unit !== 'week'
  return isCalendarUnit ? unitAt(context, from, unit) : { start: from, end, step: steps(unit, count) }
}

function nthWeekday(whole: Span, nth: number, weekday: number, context: Context): Span | null {
  if (!whole.start || !whole.end) return null
  const edge = nth < 0 ? shift(whole.end, { days: 1 }, -1) : whole.start
  const offset = nth < 0 ? -((edge.weekday - weekday + 7) % 7) : ((weekday - edge.weekday + 7) % 7) + 7 * (nth - 1)
  const day = unitAt(context, edge.plus({ days: offset }), 'day')
  return day.start && day.start >= whole.start && day.start < whole.end ? day : null
}

/** So many units up to a moment (-1), or from it on (1). */
function beside(moment: Span['start'], count: number | null, unit: CalendarUnit, towards: 1 | -1): Span | null {
  if (!moment || !count) return null
  const step = steps(unit, count)
  const other = shift(moment, step, towards)
  return towards < 0 ? { start: other, end: moment, step } : { start: moment, end: other, step }
}

function point(moment: Span['start']): Span | null {
  return moment && { start: moment, end: moment, point: 'edge' }
}
