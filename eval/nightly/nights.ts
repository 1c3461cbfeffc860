import { Cron } from 'croner'
import { localDate } from '#core/periods/local-date.ts'

/** When the nightly run begins: a time of day, HH:MM, in a time zone. */
export type Schedule = { at: string; timeZone: string }

/** A night is named by the local date on which it begins. */
export type Night = { night: string; due: Date }

/** The night that began last, at `now` or before. */
export function lastNight(schedule: Schedule, now: Date): Night {
  const [due] = cronOf(schedule).previousRuns(1, new Date(now.getTime() + 1_000))
  if (!due) throw new Error(`the schedule ${schedule.at} has no night before ${now.toISOString()}`)
  return { night: localDate(due, schedule.timeZone), due }
}

/** The nights that began after one of them and before another, oldest first; of many the last ones only. */
export function nightsBetween(schedule: Schedule, after: string, before: Night): Night[] {
  const earlier = cronOf(schedule).previousRuns(MOST_NIGHTS, before.due)
  return earlier
    .map((due) => ({ night: localDate(due, schedule.timeZone), due }))
    .filter(({ night }) => night > after && night < before.night)
    .reverse()
}

const MOST_NIGHTS = 31

/** Whether a night is so far ahead, in whatever time zone, that it got its name while the clock was wrong. */
export function isToCome(night: string, now: Date): boolean {
  return night > new Date(now.getTime() + 2 * DAY_MS).toISOString().slice(0, 10)
}

const DAY_MS = 24 * 3_600_000

/**
 * croner knows what the clocks do: a time that is left out in spring is the moment at which they were put forward, one that comes twice in
 * autumn counts once.
 */
function cronOf({ at, timeZone }: Schedule): Cron {
  const [hour, minute] = at.split(':').map(Number)
  return new Cron(`0 ${minute} ${hour} * * *`, { timezone: timeZone, paused: true })
}
