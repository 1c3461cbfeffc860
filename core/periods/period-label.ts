import type { DateTime } from 'luxon'
import type { Clock } from './clock.ts'
import { isDayStart, type Span } from './span.ts'

const LONGEST_WITH_WEEKDAYS_DAYS = 62

/** A period with the dates it was taken to mean: "last week: Mon 9 to Sun 15 Nov 2026". */
export function periodLabel(text: string, span: Span, clock: Clock): string {
  return `${text.replace(/\s+/g, ' ')}: ${datesOf(span, clock)}`
}

function datesOf({ start, end }: Span, clock: Clock): string {
  if (start && end) return isDayStart(start) && isDayStart(end) ? days(start, end, clock) : times(start, end, clock)
  if (start) return `from ${day(start, clock, { weekday: true })}${clockTime(start)} on`
  return end ? `before ${day(end, clock, { weekday: true })}${clockTime(end)}` : 'any time'
}

function days(start: DateTime, end: DateTime, clock: Clock): string {
  const last = end.minus({ days: 1 }).startOf('day')
  const weekday = end.diff(start, 'days').days <= LONGEST_WITH_WEEKDAYS_DAYS
  if (last <= start) return day(start, clock, { weekday })
  const month = start.hasSame(last, 'month') && !clock.monthFirst ? '' : 'LLL'
  const first = format(start, clock, { weekday, month, year: start.year !== last.year })
  return `${first} to ${day(last, clock, { weekday })}`
}

function times(start: DateTime, end: DateTime, clock: Clock): string {
  const first = `${day(start, clock, { weekday: true })}, ${start.toFormat('HH:mm')}`
  const isMidnight = isDayStart(end)
  const last = isMidnight ? end.minus({ days: 1 }) : end
  const time = isMidnight ? '24:00' : end.toFormat('HH:mm')
  return last.hasSame(start, 'day')
    ? `${first} to ${time}`
    : `${first} to ${day(last, clock, { weekday: true })}, ${time}`
}

function clockTime(moment: DateTime): string {
  return isDayStart(moment) ? '' : `, ${moment.toFormat('HH:mm')}`
}

function day(moment: DateTime, clock: Clock, { weekday }: { weekday: boolean }): string {
  return format(moment, clock, { weekday, month: 'LLL', year: true })
}

type Parts = { weekday: boolean; month: '' | 'LLL'; year: boolean }

/** English names, since the sentence around them is English; the order is the asker's. */
function format(moment: DateTime, { monthFirst }: Clock, { weekday, month, year }: Parts): string {
  const date = monthFirst ? `${month} d${year ? ', yyyy' : ''}` : `d ${month}${year ? ' yyyy' : ''}`
  return moment.setLocale('en').toFormat(`${weekday ? 'ccc ' : ''}${date}`.trim())
}
