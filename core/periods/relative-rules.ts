import type { DurationLike } from 'luxon'
import type { Clock } from './clock.ts'
import { type Context, type Rule, rule, type Words } from './rule.ts'
import {
  type CalendarUnit,
  calendarSpan,
  rollingSpan,
  type Span,
  shiftSpan,
  steps,
  tomorrow,
  wholeUnits,
} from './span.ts'
import { COUNT, countOf, rollingUnit, UNIT, unitOf } from './vocabulary.ts'

const BACK = 'last|past|previous|prior|preceding|trailing'
const FORTH = 'next|coming|following|upcoming'
const ABBREVIATED = new Map<string | undefined, CalendarUnit>([
  ['ytd', 'year'],
  ['qtd', 'quarter'],
  ['mtd', 'month'],
  ['wtd', 'week'],
])

/** Periods counted from now: this, last and next; the last N; N ago; to date. */
export const RELATIVE_RULES: Rule[] = [
  rule(`(?:last|(?:the )?(?:previous|prior)) (?:calendar )?(?<unit>week|month|quarter|year)(?! of)`, calendar(-1)),
  rule(`(?:this|the current|current) (?:calendar )?(?<unit>week|month|quarter|year)(?! of)`, calendar(0)),
  rule(
    `(?:next|the coming|the following|this coming) (?:calendar )?(?<unit>week|month|quarter|year)(?! of)`,
    calendar(1),
  ),
  rule('the last (?:calendar )?quarter(?! of)', (_, clock) => calendarSpan(clock, 'quarter', -1)),
  rule(`the (?<unit>${UNIT}) before last`, calendar(-2)),
  rule(`(?:the )?(?:second|2nd|next)[- ]to[- ]last (?<unit>${UNIT})`, calendar(-2)),
  rule(`the (?<unit>${UNIT}) after next`, calendar(2)),
  // "the last month" and "the past month" end today; "last month" is the one in the calendar.
  rule('(?:the last|the past|past|this past) (?<unit>week|month|quarter|year)(?! of)', ({ unit }, clock) =>
    rollingSpan(clock, 1, unitOf(unit), 'last'),
  ),
  rule('the next (?<unit>week|month|quarter|year)(?! of)', ({ unit }, clock) =>
    rollingSpan(clock, 1, unitOf(unit), 'next'),
  ),
  rule('(?:the )?(?:last|past) fortnight', (_, clock) => rollingSpan(clock, 2, 'week', 'last')),
  rule('(?:the )?past day', (_, clock) => rollingSpan(clock, 24, 'hour', 'last')),
  rule('(?:the )?(?:last|past) hour(?! of)', (_, clock) => rollingSpan(clock, 1, 'hour', 'last')),
  rule(
    `(?:the )?(?:this )?(?:${BACK}) (?<count>${COUNT}) (?<unit>hour|minute|${UNIT})s?(?! (?:of|ago))`,
    rolling('last'),
  ),
  rule(`(?:the )?(?:${FORTH}) (?<count>${COUNT}) (?<unit>hour|minute|${UNIT})s?(?! of)`, rolling('next')),
  rule(`(?:the )?(?:${BACK}) (?<count>${COUNT}) (?:full|complete|calendar|whole) (?<unit>${UNIT})s?`, whole('last')),
  rule(`(?:the )?(?:${BACK}) (?:full|complete|calendar|whole) (?<unit>${UNIT})`, whole('last')),
  rule(`(?:the )?(?:${FORTH}) (?<count>${COUNT}) (?:full|complete|calendar|whole) (?<unit>${UNIT})s?`, whole('next')),
  rule(`less than (?<count>${COUNT}) (?<unit>${UNIT})s? ago`, rolling('last')),
  rule(`(?:more|longer|earlier) than (?<count>${COUNT}) (?<unit>${UNIT})s? ago`, (words, clock) => ({
    start: null,
    end: rolling('last')(words, clock)?.start ?? null,
  })),
  rule(`older than (?<count>${COUNT}) (?<unit>${UNIT})s?`, (words, clock) => ({
    start: null,
    end: rolling('last')(words, clock)?.start ?? null,
  })),
  rule('half a year ago', (_, clock) => calendarSpan(clock, 'month', -6)),
  rule('(?:the )?(?:last|past) half[- ]year', (_, clock) => rollingSpan(clock, 6, 'month', 'last')),
  // Who "has not ordered in 90 days" did not in the last 90.
  rule(
    `(?<=\\b(?:has|have)(?: not|n['’]t) [^.?!]{0,40}\\b(?:in|for) )(?:over )?(?<count>${COUNT}) (?<unit>${UNIT})s?`,
    rolling('last'),
  ),
  rule(`(?<count>${COUNT}) (?<unit>${UNIT})s? ago`, ({ count = '', unit }, clock) => {
    const units = countOf(count)
    return units ? calendarSpan(clock, unitOf(unit), -units) : null
  }),

  rule('(?<unit>year|month|quarter|week)[- ]to[- ]date', ({ unit }, clock) => toDate(clock, unitOf(unit))),
  rule('(?<short>ytd|qtd|mtd|wtd)', ({ short }, clock) => toDate(clock, ABBREVIATED.get(short) ?? 'year')),

  rule(
    '(?:the(?: (?<side>last|past|next|coming))?|(?<which>last|past|previous|this|this past|this coming|next|coming)) weekend',
    ({ side, which }, clock) => weekend(clock, side ?? which),
  ),
]

/** Periods named by another one: "the same month last year", "the week before". */
export const COMPARING_RULES: Rule[] = [
  rule(
    `(?:the )?(?:same|this) (?<unit>period|time|day|week|month|quarter)(?: of| in)? (?:the )?(?:last|previous|prior|preceding) year`,
    ({ unit }, context) => yearEarlier(referenceOf(context, unit)),
  ),
  rule(
    '(?:the )?same (?:period|time|day|month|quarter) (?:of|in) (?<year>(?:19|20)\\d\\d)',
    ({ year }, { previous }) =>
      previous?.start ? shiftSpan(previous, { years: 1 }, Number(year) - previous.start.year) : null,
  ),
  rule('(?:a|one) year (?:earlier|before)', (_, { previous }) => previous && yearEarlier(previous)),
  rule(`(?:the )?(?:previous|prior|preceding) (?<count>${COUNT}) (?<unit>${UNIT})s?(?! of)`, asManyEarlier),
  rule(
    `(?:the )?(?<count>${COUNT}) (?<unit>${UNIT})s? (?:before|prior|earlier)(?: that)?(?=\\s*(?:[?.!,;:)]|$))`,
    asManyEarlier,
  ),
  rule('the (?:previous|prior|preceding) (?<unit>period|week|month|quarter|year)', earlier),
  rule(
    'the (?<unit>period|day|week|month|quarter|year) before(?: that)?',
    (words, context) => context.previous && earlier(words, context),
  ),
]

function calendar(offset: number): Rule['read'] {
  return ({ unit }, clock) => calendarSpan(clock, unitOf(unit), offset)
}

function rolling(direction: 'last' | 'next') {
  return ({ count = '1', unit }: Words, clock: Clock): Span | null => {
    const units = countOf(count)
    return units ? rollingSpan(clock, units, rollingUnit(unit), direction) : null
  }
}

function whole(direction: 'last' | 'next'): Rule['read'] {
  return ({ count = '1', unit }, clock) => {
    const units = countOf(count)
    return units ? wholeUnits(clock, units, unitOf(unit), direction) : null
  }
}

function toDate(clock: Clock, unit: CalendarUnit): Span {
  return { ...calendarSpan(clock, unit), end: tomorrow(clock), step: steps(unit, 1) }
}

/** Saturday and Sunday. "The weekend" and "last weekend" are the latest that has begun, or has ended. */
function weekend(clock: Clock, side: string | undefined): Span {
  const saturday = clock.today.minus({ days: (clock.today.weekday + 1) % 7 }).startOf('day')
  const isRunning = clock.today.weekday >= 6
  const ahead = side === 'next' || side?.endsWith('coming') || (side === 'this' && !isRunning)
  const behind = isRunning && side !== undefined && side !== 'this' && !ahead
  const latest: Span = { start: saturday, end: saturday.plus({ days: 2 }).startOf('day'), step: { weeks: 1 } }
  if (ahead) return shiftSpan(latest, { weeks: 1 }, 1)
  return behind ? shiftSpan(latest, { weeks: 1 }, -1) : latest
}

/** What "the same …" stands for: the period named before or, where none was, the current one up to today. */
function referenceOf(context: Context, unit: string | undefined): Span {
  if (unit === 'day') return calendarSpan(context, 'day')
  if (unit === 'week' || unit === 'month' || unit === 'quarter') {
    return context.previous?.unit === unit ? context.previous : calendarSpan(context, unit)
  }
  return context.previous ?? (unit === 'time' ? calendarSpan(context, 'day') : toDate(context, 'year'))
}

/** A week keeps its days of the week: it goes back 52 weeks. */
function yearEarlier(span: Span): Span {
  return shiftSpan(span, span.unit === 'week' ? { weeks: 52 } : { years: 1 }, -1)
}

/** The period before the one named before; nothing to go by means the last one in the calendar. */
function earlier({ unit }: Words, context: Context): Span | null {
  const { previous } = context
  if (!previous) return unit === 'period' ? null : calendarSpan(context, unitOf(unit), -1)
  if (unit === 'year') return yearEarlier(previous)
  if (previous.step && (unit === 'period' || unit === previous.unit)) return shiftSpan(previous, previous.step, -1)
  return unit === 'period' ? null : before(previous, unitOf(unit))
}

/** As many units again before those named before; null where those were others. */
function asManyEarlier({ count = '', unit }: Words, { previous }: Context): Span | null {
  const step = steps(unitOf(unit), countOf(count) ?? 0)
  return previous?.step && isSameStep(previous.step, step) ? shiftSpan(previous, step, -1) : null
}

function isSameStep(one: DurationLike, other: DurationLike): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function before({ start }: Span, unit: CalendarUnit): Span | null {
  if (!start) return null
  const length = steps(unit, 1)
  return { start: start.minus(length).startOf('day'), end: start, step: length }
}
