import { DateTime } from 'luxon'

export type WeekStart = 'monday' | 'sunday'

/** What "now" is for the person who asks: moment, zone, first day of the week, order of day and month in 5/11. */
export type Clock = {
  now: DateTime
  today: DateTime
  weekStart: WeekStart
  monthFirst: boolean
  /** True where the question looks ahead ("will", "upcoming"), so that "in May" is the May to come. */
  ahead: boolean
}

export type ClockOptions = { now: Date; timeZone: string; weekStart: WeekStart; locale?: string }

/**
 * The clock on the asker's wall.
 * @throws RangeError for a time zone that is not in the IANA list, an invalid moment or a malformed locale.
 */
export function readClock(text: string, { now, timeZone, weekStart, locale = 'en' }: ClockOptions): Clock {
  const moment = DateTime.fromJSDate(now, { zone: timeZone })
  if (!moment.isValid) throw new RangeError(`No such moment or time zone: ${timeZone} (${moment.invalidReason})`)
  return {
    now: moment,
    today: moment.startOf('day'),
    weekStart,
    monthFirst: putsMonthFirst(locale),
    ahead: /\b(?:will|upcoming)\b/i.test(text),
  }
}

/** Whether dates in figures are written month first in this locale, as 11/23/2026 is. */
function putsMonthFirst(locale: string): boolean {
  const order = new Intl.DateTimeFormat(locale).formatToParts(0).map((part) => part.type)
  return order.indexOf('month') < order.indexOf('day')
}
