import type { DateTime } from 'luxon'
import { type Rule, rule, type Words } from './rule.ts'
import { calendarSpan, type Span } from './span.ts'

const time = (name: string) =>
  `(?<${name}>noon|midday|midnight|\\d{1,2}(?::\\d\\d)?\\s?(?:[ap]m|[ap]\\.m\\.)|\\d{1,2}:\\d\\d)`
const NEAR_DAY = '(?:today|yesterday)'

/** Times of day: points that a "since" turns into a period, and stretches of a named day. */
export const TIME_RULES: Rule[] = [
  rule(`${time('time')}(?: (?<day>${NEAR_DAY}))?`, ({ time: words = '', day }, clock) => {
    const hours = hoursOf(words)
    if (hours === null) return null
    const today = atHour(calendarSpan(clock, 'day', day === 'yesterday' ? -1 : 0), hours)
    if (!today) return null
    const moment = !day && today > clock.now ? today.minus({ days: 1 }) : today
    return { start: moment, end: moment, point: day ? 'edge' : 'time' }
  }),
  rule(`(?<day>${NEAR_DAY}) (?:since|after|from) ${time('from')}(?: on| onwards)?`, stretch),
  rule(`(?<day>${NEAR_DAY}) (?:before|until|till|up to) ${time('to')}`, stretch),
  rule(`(?<day>${NEAR_DAY}) (?:between|from) ${time('from')}\\s*(?:and|to|until|till|-|–)\\s*${time('to')}`, stretch),
  rule(`(?:between|from) ${time('from')}\\s*(?:and|to|until|till|-|–)\\s*${time('to')} (?<day>${NEAR_DAY})`, stretch),
]

/** Mornings end at noon, afternoons at 18:00, evenings at midnight; a night goes from 18:00 to 06:00. */
export function partOfDay(day: Span, part: string | undefined): Span {
  const hours = part && { morning: [0, 12], afternoon: [12, 18], evening: [18, 24], night: [18, 30] }[part]
  if (!hours || !day.start) return day
  const [from = 0, to = 24] = hours
  return { start: atHour(day, from), end: atHour(day, to), step: { days: 1 }, recurs: day.recurs }
}

/** The wall clock's hour on a day; 24 and more reach into the next. Null where the day has no start. */
export function atHour(day: Span, hours: number, minutes = 0): DateTime | null {
  const date = day.start?.plus({ days: Math.floor(hours / 24) })
  if (!date) return null
  const hour = Math.floor(hours % 24)
  const minute = minutes || Math.round((hours % 1) * 60)
  return hour || minute ? date.set({ hour, minute }) : date.startOf('day')
}

function stretch({ day, from, to }: Words, clock: Parameters<Rule['read']>[1]): Span | null {
  const date = calendarSpan(clock, 'day', day === 'yesterday' ? -1 : 0)
  const first = from ? hoursOf(from) : 0
  const last = to ? hoursOf(to) : 24
  if (first === null || last === null || first >= last) return null
  return { start: atHour(date, first), end: atHour(date, last), step: { days: 1 } }
}

/** Hours since midnight, halves for half past; null for 25:00 or 13pm. */
function hoursOf(words: string): number | null {
  if (words === 'midnight') return 0
  if (words === 'noon' || words === 'midday') return 12
  const [, hour = '', minute = '0', half] = /^(\d{1,2})(?::(\d\d))?\s?([ap])?/.exec(words) ?? []
  const hours = half ? twelveHourClock(Number(hour), half) : Number(hour)
  return hours === null || hours > 23 || Number(minute) > 59 ? null : hours + Number(minute) / 60
}

function twelveHourClock(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half === 'p' ? 12 : 0)
}
