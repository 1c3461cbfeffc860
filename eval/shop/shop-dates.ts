import { dayOf, isoDate, weekdayOf } from '#databases/sample/days.ts'

/** ISO dates around an injected today, for the expected SQL of the shop's questions. Weeks begin on Monday. */
export type ShopDates = {
  today: string
  tomorrow: string
  yesterday: string
  /** Monday of this week, and of the weeks before. */
  week: string
  lastWeek: string
  weekBeforeLast: string
  /** First day of this month, and of the months before. */
  month: string
  lastMonth: string
  monthBeforeLast: string
  year: string
  lastYear: string
  /** First of the last so many days, today being one of them. */
  lastDays(count: number): string
}

export function shopDates(today: string): ShopDates {
  const day = dayOf(today)
  const monday = day - weekdayOf(day)
  const [year = 0, month = 0] = today.split('-').map(Number)
  const firstOf = (months: number) => new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
  return {
    today,
    tomorrow: isoDate(day + 1),
    yesterday: isoDate(day - 1),
    week: isoDate(monday),
    lastWeek: isoDate(monday - 7),
    weekBeforeLast: isoDate(monday - 14),
    month: firstOf(0),
    lastMonth: firstOf(-1),
    monthBeforeLast: firstOf(-2),
    year: `${year}-01-01`,
    lastYear: `${year - 1}-01-01`,
    lastDays: (count) => isoDate(day - count + 1),
  }
}
