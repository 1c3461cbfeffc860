import { type DateTime, FixedOffsetZone } from 'luxon'
import type { ResolvedPeriod } from '../answer.ts'
import { type Clock, type ClockOptions, readClock } from './clock.ts'
import { acceptsWeak, isCut, JOINED, quotedParts } from './context-words.ts'
import { periodLabel } from './period-label.ts'
import { readPeriod } from './read-period.ts'
import { type Named, readRange } from './read-range.ts'
import { type Context, matchAt, phrase, skipSpace } from './rule.ts'
import { isDayStart, type Span, shiftSpan } from './span.ts'

/** Bounds of periods without a first or a last moment ("before March", "after 1 May"). */
export const OPEN_START = '0001-01-01T00:00:00Z'
export const OPEN_END = '9999-12-31T23:59:59Z'

/** A question of everyday length is read whole; the rest of a longer one names no period. */
const MOST_CHARACTERS = 4_000
const MOST_PERIODS = 12

/**
 * The periods that a question names in English, in order, with the dates they mean for this asker. Words that could
 * mean something else ("may", "March", "model 2024") count only where the words around them make them a period.
 *
 * How what is ambiguous is read: a month, quarter or day without its year is the latest that has begun ("in May" asked
 * in March is last year's), or the next one where the question looks ahead ("will", "upcoming"); "last month" is the one
 * in the calendar, "the last month", "the past month" and "the last 30 days" end today; "since" ends today, "after" stays
 * open, "until May" includes May; "3 weeks ago" is that whole week; week numbers are ISO's.
 * @throws RangeError for an unknown time zone, an invalid moment or a malformed locale.
 */
export function findPeriods(question: string, options: ClockOptions): ResolvedPeriod[] {
  return findPeriodsBehind(question, [], options).named
}

/** The periods that a question names, and the latest that were named in what was asked before it. */
export type PeriodsInTurn = { named: ResolvedPeriod[]; kept: ResolvedPeriod[] }

/**
 * The periods of a question behind earlier ones, oldest first, to which each of them may refer: "the week before" counts from the period
 * named before it, a month behind a year is of that year, and a weekday behind a week of that week.
 * @throws RangeError as findPeriods does.
 */
export function findPeriodsBehind(question: string, earlier: string[], options: ClockOptions): PeriodsInTurn {
  let [ahead, last, kept]: [boolean, Last | null, ResolvedPeriod[]] = [false, null, []]
  const read = (text: string) => {
    const clock = readClock(text, options)
    ahead ||= clock.ahead
    return readTurn(text, { ...clock, ahead }, last)
  }
  for (const text of earlier) {
    const turn = read(text)
    last = turn.last
    if (turn.named.length > 0) kept = turn.named
  }
  return { named: read(question).named, kept }
}

/** The last period of the turns so far, and whether it is of a year that was said. */
type Last = { span: Span; isOfYear: boolean }

function readTurn(text: string, clock: Clock, last: Last | null): { named: ResolvedPeriod[]; last: Last | null } {
  const found = findNamed(text, clock, last?.span ?? null)
  const named = found.map((one) => (last ? withinBefore(one, last, clock) : one))
  const final = named.at(-1)
  return {
    named: named.map((one) => resolved(text, one, clock)),
    last: final ? { span: final.span, isOfYear: final !== found.at(-1) || saysYear(text, final) } : last,
  }
}

function findNamed(question: string, clock: Clock, previous: Span | null): Named[] {
  const text = question.slice(0, MOST_CHARACTERS)
  const quoted = quotedParts(text)
  const found: Named[] = []
  let context: Context = { ...clock, previous, readings: new Map() }
  let from = 0
  for (const { index } of text.matchAll(/[\p{L}\p{N}]+|['’]\d\ds?/gu)) {
    if (found.length >= MOST_PERIODS) break
    if (index < from || quoted.some(({ start, end }) => index >= start && index < end)) continue
    const reading = readAt(text, index, context, found.at(-1)?.end)
    if (!reading) continue
    found.push(...reading)
    context = { ...clock, previous: found.at(-1)?.span ?? null, readings: new Map() }
    from = reading.at(-1)?.end ?? index
  }
  return inSameYear(found, text)
}

/** What was named without its year or week, in the one that was asked about before, where it has begun by now or that one lies ahead. */
function withinBefore(one: Named, last: Last, clock: Clock): Named {
  const moved = one.span.recurs === 'week' ? inWeekOf(last, one) : inYearOf(last, one)
  const isAhead = clock.ahead || (last.span.start !== null && last.span.start > clock.now)
  return moved?.start && (moved.start <= clock.now || isAhead) ? { ...one, span: moved } : one
}

function inWeekOf({ span: week }: Last, { span }: Named): Span | null {
  if (week.unit !== 'week' || !week.start || !span.start) return null
  return shiftSpan(span, { weeks: 1 }, Math.ceil(week.start.diff(span.start, 'weeks').weeks))
}

/** "Since 2020" is about more years than one. */
function inYearOf(last: Last, { span }: Named): Span | null {
  const year = last.span.start?.year
  const isOneYear = year !== undefined && last.span.end?.minus({ milliseconds: 1 }).year === year
  if (!isOneYear || !(last.span.unit === 'year' || last.isOfYear)) return null
  return span.recurs === 'year' && span.start ? shiftSpan(span, { years: 1 }, year - span.start.year) : null
}

function saysYear(text: string, { start, end }: Named): boolean {
  return /\d{4}|['’]\d\d/.test(text.slice(start, end))
}

/** "Jan, Feb and Mar 2025", "Q1 2025 and Q2": what stands beside a period of a stated year is of that year too. */
function inSameYear(found: Named[], text: string): Named[] {
  const settled = [...found]
  const settle = (index: number, beside: number) => {
    const [one, other] = [settled[index], settled[beside]]
    const isStated = other && (other !== found[beside] || saysYear(text, other))
    if (one && other && isStated) settled[index] = withYearOf(other, one, text)
  }
  for (let index = 1; index < settled.length; index++) settle(index, index - 1)
  for (let index = settled.length - 2; index >= 0; index--) settle(index, index + 1)
  return settled
}

function withYearOf(other: Named, one: Named, text: string): Named {
  const [first, second] = one.start < other.start ? [one, other] : [other, one]
  const isPart = other.span.start !== null && other.span.unit !== 'year' && other.span.recurs === undefined
  const isSingle = one.span.recurs === 'year' && one.span.start !== null && one.span.end !== null
  if (!isPart || !isSingle || !JOINED.test(text.slice(first.end, second.start))) return one
  const years = (other.span.start?.year ?? 0) - (one.span.start?.year ?? 0)
  const moved = { ...shiftSpan(one.span, { years: 1 }, years), recurs: undefined }
  // "October 2025 and October" names two of them.
  return +(moved.start ?? 0) === +(other.span.start ?? 0) ? one : { ...one, span: moved }
}

const LEAD = phrase('(?<lead>in|during|on|for|over|within|from|of|at|throughout|across)')

function readAt(text: string, at: number, context: Context, after: number | undefined): Named[] | null {
  const lead = matchAt(LEAD, text, at)
  const start = lead ? skipSpace(text, lead.end) : at
  const range = readRange(text, at, context) ?? (lead ? readRange(text, start, context) : null)
  const single = readPeriod(text, start, context)
  const named = single && single.end > (range?.at(-1)?.end ?? 0) ? [{ ...single, start }] : range
  const end = named?.at(-1)?.end ?? at
  if (!named || isCut(text, at, end) || named.some(({ span }) => span.point)) return null
  const place = { text, at, start, end, lead: lead?.words.lead, after }
  if (!named.every(({ span }) => acceptsWeak(span, place))) return null
  return named.map((period) => ({ ...period, start: afterThe(text, period.start) }))
}

function afterThe(text: string, at: number): number {
  return at + (/^the\s+/i.exec(text.slice(at, at + 20))?.[0].length ?? 0)
}

function resolved(question: string, { span, start, end }: Named, clock: Clock): ResolvedPeriod {
  const text = question.slice(start, end)
  return {
    text,
    start: written(span.start) ?? OPEN_START,
    end: written(span.end) ?? OPEN_END,
    label: periodLabel(text, span, clock),
  }
}

/** A day that clocks begin at one o'clock is written as the same moment by the clock before: midnight. */
function written(moment: DateTime | null): string | null {
  const isLate = moment !== null && isDayStart(moment) && moment.hour > 0
  const clock = isLate ? moment.setZone(FixedOffsetZone.instance(moment.minus({ milliseconds: 1 }).offset)) : moment
  return clock?.toISO({ suppressMilliseconds: true, includeOffset: true }) ?? null
}
