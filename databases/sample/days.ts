/** A day as days since 1 January 1970: adding and comparing them needs no time zone. */
export type Day = number

const DAY_MS = 86_400_000

/** The day of an ISO date such as 2026-11-21. Throws where there is no such day. */
export function dayOf(isoDate: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(isoDate) ? Date.parse(`${isoDate}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== isoDate)
    throw new RangeError(`not a date: ${isoDate}`)
  return ms / DAY_MS
}

/** ISO date of a day. */
export function isoDate(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** 0 for January to 11 for December. */
export function monthOf(day: Day): number {
  return new Date(day * DAY_MS).getUTCMonth()
}

/** 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (new Date(day * DAY_MS).getUTCDay() + 6) % 7
}

/** The same day so many years earlier; 28 February for the 29th. */
export function yearsBefore(day: Day, years: number): Day {
  const date = new Date(day * DAY_MS)
  const earlier = new Date(Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()))
  const overflowed = earlier.getUTCMonth() !== date.getUTCMonth()
  return earlier.getTime() / DAY_MS - (overflowed ? 1 : 0)
}
