import type { Answered } from '#core/answer.ts'
import type { Asker } from '#core/question.ts'

/** How old data are, in words, on the asker's calendar: by the latest day in them, else by when their file came or changed. */
export function sayDataAge(
  { latestDay, source, dataAsOf }: Answered['database'],
  { locale, timeZone }: Pick<Asker, 'locale' | 'timeZone'>,
): string {
  const say = (date: Date, zone: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }).format(date)
  // A day is the same everywhere.
  if (latestDay) return `Data up to ${say(new Date(latestDay), 'UTC')}`
  const date = new Date(dataAsOf)
  if (Number.isNaN(date.getTime())) return 'Age of the data unknown'
  if (source === undefined) return `Data as of ${say(date, timeZone)}`
  return `${source === 'upload' ? 'Uploaded on' : 'File changed on'} ${say(date, timeZone)}`
}
