/** Number signs and names of days and months of a locale, in the form that Vega wants (d3-format's and d3-time-format's), from Intl. */
export function vegaLocale(locale: string): { number: object; time: object } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true, numberingSystem: 'latn' }).formatToParts(-1234567.8)
  const sign = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value
  return {
    number: {
      decimal: sign('decimal') ?? '.',
      thousands: sign('group') ?? ',',
      grouping: [3],
      currency: ['', ''],
    },
    time: {
      dateTime: '%x, %X',
      date: '%Y-%m-%d',
      time: '%H:%M:%S',
      periods: ['AM', 'PM'],
      days: names(locale, { weekday: 'long' }, weekDays),
      shortDays: names(locale, { weekday: 'short' }, weekDays),
      months: names(locale, { month: 'long' }, months),
      shortMonths: names(locale, { month: 'short' }, months),
    },
  }
}

// 2023 began on a Sunday, with which d3 begins the week.
const weekDays = Array.from({ length: 7 }, (_, day) => Date.UTC(2023, 0, 1 + day))
const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2023, month, 1))

function names(locale: string, options: Intl.DateTimeFormatOptions, times: number[]): string[] {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  return times.map((time) => format.format(time))
}
