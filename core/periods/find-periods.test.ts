import { describe, expect, it } from 'vitest'
import type { ClockOptions } from './clock.ts'
import { findPeriods } from './find-periods.ts'

/** A Saturday, the 21st of November, at half past ten in London. */
const clock: ClockOptions = {
  now: new Date('2026-11-21T10:30:00Z'),
  timeZone: 'Europe/London',
  weekStart: 'monday',
  locale: 'en-GB',
}

/** "text: start end", the end excluded, midnights as plain dates. */
function read(question: string, changes: Partial<ClockOptions> = {}): string[] {
  return findPeriods(question, { ...clock, ...changes }).map(
    ({ text, start, end }) => `${text}: ${shortened(start)} ${shortened(end)}`,
  )
}

function shortened(moment: string): string {
  if (moment.startsWith('0001') || moment.startsWith('9999')) return 'open'
  return moment.replace(/T00:00:00(?:Z|[+-].*)$/, '').replace(/:00(?:Z|[+-]\d\d:\d\d)$/, '')
}

const EXPRESSIONS: [string, ...string[]][] = [
  ['How many orders were there last week?', 'last week: 2026-11-09 2026-11-16'],
  ['orders this week', 'this week: 2026-11-16 2026-11-23'],
  ['deliveries due next week', 'next week: 2026-11-23 2026-11-30'],
  ['revenue of the previous week', 'previous week: 2026-11-09 2026-11-16'],
  ['How much did we sell last month?', 'last month: 2026-10-01 2026-11-01'],
  ["this month's revenue", 'this month: 2026-11-01 2026-12-01'],
  ['previous month', 'previous month: 2026-10-01 2026-11-01'],
  ['revenue last quarter', 'last quarter: 2026-07-01 2026-10-01'],
  ['this quarter', 'this quarter: 2026-10-01 2027-01-01'],
  ['next quarter', 'next quarter: 2027-01-01 2027-04-01'],
  ['Who bought most last year?', 'last year: 2025-01-01 2026-01-01'],
  ['this year', 'this year: 2026-01-01 2027-01-01'],
  ['next year', 'next year: 2027-01-01 2028-01-01'],
  ['How many sign-ups yesterday?', 'yesterday: 2026-11-20 2026-11-21'],
  ['orders today', 'today: 2026-11-21 2026-11-22'],
  ['appointments tomorrow', 'tomorrow: 2026-11-22 2026-11-23'],
  ['the day before yesterday', 'day before yesterday: 2026-11-19 2026-11-20'],
  ['the day after tomorrow', 'day after tomorrow: 2026-11-23 2026-11-24'],
  ['orders in the last 30 days', 'last 30 days: 2026-10-23 2026-11-22'],
  ['in the past 7 days', 'past 7 days: 2026-11-15 2026-11-22'],
  ['last 3 weeks', 'last 3 weeks: 2026-11-01 2026-11-22'],
  ['past two months', 'past two months: 2026-09-22 2026-11-22'],
  ['last 4 quarters', 'last 4 quarters: 2025-11-22 2026-11-22'],
  ['the last 2 years', 'last 2 years: 2024-11-22 2026-11-22'],
  ['over the past year', 'past year: 2025-11-22 2026-11-22'],
  ['in the last month', 'last month: 2026-10-22 2026-11-22'],
  ['in the last 24 hours', 'last 24 hours: 2026-11-20T10:30 2026-11-21T10:30'],
  ['in the last hour', 'last hour: 2026-11-21T09:30 2026-11-21T10:30'],
  ['past 90 minutes', 'past 90 minutes: 2026-11-21T09:00 2026-11-21T10:30'],
  ['the next 7 days', 'next 7 days: 2026-11-21 2026-11-28'],
  ['trailing 12 months', 'trailing 12 months: 2025-11-22 2026-11-22'],
  ['last couple of weeks', 'last couple of weeks: 2026-11-08 2026-11-22'],
  ['last 2 full months', 'last 2 full months: 2026-09-01 2026-11-01'],
  ['the last complete quarter', 'last complete quarter: 2026-07-01 2026-10-01'],
  ['last Monday', 'last Monday: 2026-11-16 2026-11-17'],
  ['orders on Tuesday', 'Tuesday: 2026-11-17 2026-11-18'],
  ['on Saturday', 'Saturday: 2026-11-21 2026-11-22'],
  ['next Friday', 'next Friday: 2026-11-27 2026-11-28'],
  ['this Friday', 'this Friday: 2026-11-20 2026-11-21'],
  ['Tuesday last week', 'Tuesday last week: 2026-11-10 2026-11-11'],
  ['last Monday morning', 'last Monday morning: 2026-11-16 2026-11-16T12:00'],
  ['in Q3', 'Q3: 2026-07-01 2026-10-01'],
  ['Q3 2025', 'Q3 2025: 2025-07-01 2025-10-01'],
  ['2025-Q3', '2025-Q3: 2025-07-01 2025-10-01'],
  ['Q3 of last year', 'Q3 of last year: 2025-07-01 2025-10-01'],
  ['last Q4', 'last Q4: 2025-10-01 2026-01-01'],
  ['next Q1', 'next Q1: 2027-01-01 2027-04-01'],
  ['in the third quarter', 'third quarter: 2026-07-01 2026-10-01'],
  ['the third quarter of 2025', 'third quarter of 2025: 2025-07-01 2025-10-01'],
  ['last quarter of 2025', 'last quarter of 2025: 2025-10-01 2026-01-01'],
  ['Q3 revenue by country', 'Q3: 2026-07-01 2026-10-01'],
  ['in H1', 'H1: 2026-01-01 2026-07-01'],
  ['H2 2025', 'H2 2025: 2025-07-01 2026-01-01'],
  ['the first half of 2026', 'first half of 2026: 2026-01-01 2026-07-01'],
  ['the second half of last year', 'second half of last year: 2025-07-01 2026-01-01'],
  ['in May', 'May: 2026-05-01 2026-06-01'],
  ['In May, how many customers came back?', 'May: 2026-05-01 2026-06-01'],
  ['in May 2025', 'May 2025: 2025-05-01 2025-06-01'],
  ['in December', 'December: 2025-12-01 2026-01-01'],
  ['since May', 'since May: 2026-05-01 2026-11-22'],
  ['since 2024-05-01', 'since 2024-05-01: 2024-05-01 2026-11-22'],
  ['since 2026-11-20 08:15', 'since 2026-11-20 08:15: 2026-11-20T08:15 2026-11-22'],
  ['before March', 'before March: open 2026-03-01'],
  ['until June', 'until June: open 2026-07-01'],
  ['after 1 May', 'after 1 May: 2026-05-02 open'],
  ['on or after 2024-05-01', 'on or after 2024-05-01: 2024-05-01 open'],
  ['by the end of June', 'by the end of June: open 2026-07-01'],
  ['between May and July', 'between May and July: 2026-05-01 2026-08-01'],
  ['May to July', 'May to July: 2026-05-01 2026-08-01'],
  ['from 1 May to 15 June', 'from 1 May to 15 June: 2026-05-01 2026-06-16'],
  ['from 1 to 15 June', '1 to 15 June: 2026-06-01 2026-06-16'],
  ['May 1-15', 'May 1-15: 2026-05-01 2026-05-16'],
  ['between November and February', 'between November and February: 2026-11-01 2027-03-01'],
  ['between May and July 2025', 'between May and July 2025: 2025-05-01 2025-08-01'],
  ['from October 2025 to March', 'from October 2025 to March: 2025-10-01 2026-04-01'],
  ['from 2019 to 2021', 'from 2019 to 2021: 2019-01-01 2022-01-01'],
  ['between Monday and Wednesday', 'between Monday and Wednesday: 2026-11-16 2026-11-19'],
  ['in 2024', '2024: 2024-01-01 2025-01-01'],
  ['the year 2024', 'year 2024: 2024-01-01 2025-01-01'],
  ['best sellers of 2024', '2024: 2024-01-01 2025-01-01'],
  ['before 2010', 'before 2010: open 2010-01-01'],
  ['customers since 2019', 'since 2019: 2019-01-01 2026-11-22'],
  ['cars made in 1970 or later', '1970 or later: 1970-01-01 open'],
  ['2020 onwards', '2020 onwards: 2020-01-01 open'],
  ['from May onwards', 'from May onwards: 2026-05-01 open'],
  ['in the 90s', '90s: 1990-01-01 2000-01-01'],
  ['in the 1990s', '1990s: 1990-01-01 2000-01-01'],
  ['in the nineties', 'nineties: 1990-01-01 2000-01-01'],
  ['this year so far', 'this year so far: 2026-01-01 2026-11-22'],
  ['so far this month', 'so far this month: 2026-11-01 2026-11-22'],
  ['so far in 2026', 'so far in 2026: 2026-01-01 2026-11-22'],
  ['year to date', 'year to date: 2026-01-01 2026-11-22'],
  ['revenue YTD', 'YTD: 2026-01-01 2026-11-22'],
  ['month-to-date', 'month-to-date: 2026-11-01 2026-11-22'],
  ['And last month?', 'last month: 2026-10-01 2026-11-01'],
  ['only May', 'May: 2026-05-01 2026-06-01'],
  ['and in 2024?', '2024: 2024-01-01 2025-01-01'],
  ['last weekend', 'last weekend: 2026-11-14 2026-11-16'],
  ['this weekend', 'this weekend: 2026-11-21 2026-11-23'],
  ['over the weekend', 'weekend: 2026-11-21 2026-11-23'],
  ['next weekend', 'next weekend: 2026-11-28 2026-11-30'],
  ['the week of 3 November', 'week of 3 November: 2026-11-02 2026-11-09'],
  ['week ending 8 November', 'week ending 8 November: 2026-11-02 2026-11-09'],
  ['week 45', 'week 45: 2026-11-02 2026-11-09'],
  ['week 53 of 2026', 'week 53 of 2026: 2026-12-28 2027-01-04'],
  ['2026-W45', '2026-W45: 2026-11-02 2026-11-09'],
  ['orders on 5/11/2026', '5/11/2026: 2026-11-05 2026-11-06'],
  ['on 13/05/2024', '13/05/2024: 2024-05-13 2024-05-14'],
  ['invoices of 05.11.2026', '05.11.2026: 2026-11-05 2026-11-06'],
  ['on 5/11', '5/11: 2026-11-05 2026-11-06'],
  ['on November 3rd, 2026', 'November 3rd, 2026: 2026-11-03 2026-11-04'],
  ['3rd of November', '3rd of November: 2026-11-03 2026-11-04'],
  ['Monday 9 November', 'Monday 9 November: 2026-11-09 2026-11-10'],
  ['since Nov 3', 'since Nov 3: 2026-11-03 2026-11-22'],
  ["May '25", "May '25: 2025-05-01 2025-06-01"],
  ['May last year', 'May last year: 2025-05-01 2025-06-01'],
  ['last May', 'last May: 2026-05-01 2026-06-01'],
  ['next May', 'next May: 2027-05-01 2027-06-01'],
  ['this May', 'this May: 2026-05-01 2026-06-01'],
  ['on 29 February', '29 February: 2024-02-29 2024-03-01'],
  ['since 9am', 'since 9am: 2026-11-21T09:00 2026-11-22'],
  ['since 3:30 pm yesterday', 'since 3:30 pm yesterday: 2026-11-20T15:30 2026-11-22'],
  ['this morning', 'this morning: 2026-11-21 2026-11-21T12:00'],
  ['yesterday afternoon', 'yesterday afternoon: 2026-11-20T12:00 2026-11-20T18:00'],
  ['last night', 'last night: 2026-11-20T18:00 2026-11-21T06:00'],
  ['yesterday between 9am and 5pm', 'yesterday between 9am and 5pm: 2026-11-20T09:00 2026-11-20T17:00'],
  ['today before noon', 'today before noon: 2026-11-21 2026-11-21T12:00'],
  ['3 days ago', '3 days ago: 2026-11-18 2026-11-19'],
  ['two weeks ago', 'two weeks ago: 2026-11-02 2026-11-09'],
  ['two months ago', 'two months ago: 2026-09-01 2026-10-01'],
  ['a year ago', 'a year ago: 2025-01-01 2026-01-01'],
  ['more than 30 days ago', 'more than 30 days ago: open 2026-10-23'],
  ['orders older than 2 weeks', 'older than 2 weeks: open 2026-11-08'],
  ['the week before last', 'week before last: 2026-11-02 2026-11-09'],
  ['first week of May', 'first week of May: 2026-05-01 2026-05-08'],
  ['last 3 days of October', 'last 3 days of October: 2026-10-29 2026-11-01'],
  ['the last Friday of October', 'last Friday of October: 2026-10-30 2026-10-31'],
  ['first Monday in May', 'first Monday in May: 2026-05-04 2026-05-05'],
  ['since the beginning of the year', 'since the beginning of the year: 2026-01-01 2026-11-22'],
  ['until the end of June', 'until the end of June: open 2026-07-01'],
  ['since yesterday', 'since yesterday: 2026-11-20 2026-11-22'],
  ['since last week', 'since last week: 2026-11-09 2026-11-22'],
  ['since Monday', 'since Monday: 2026-11-16 2026-11-22'],
  ['upcoming bookings in May', 'May: 2027-05-01 2027-06-01'],
  ['How many people will travel in February?', 'February: 2027-02-01 2027-03-01'],
  ['this month versus last month', 'this month: 2026-11-01 2026-12-01', 'last month: 2026-10-01 2026-11-01'],
  [
    'this month compared to the same month last year',
    'this month: 2026-11-01 2026-12-01',
    'same month last year: 2025-11-01 2025-12-01',
  ],
  [
    'Compare this year with the same period last year',
    'this year: 2026-01-01 2027-01-01',
    'same period last year: 2025-01-01 2026-01-01',
  ],
  [
    'Q3 compared to the same period last year',
    'Q3: 2026-07-01 2026-10-01',
    'same period last year: 2025-07-01 2025-10-01',
  ],
  [
    'year to date compared with the same period last year',
    'year to date: 2026-01-01 2026-11-22',
    'same period last year: 2025-01-01 2025-11-22',
  ],
  [
    'last week and the same week last year',
    'last week: 2026-11-09 2026-11-16',
    'same week last year: 2025-11-10 2025-11-17',
  ],
  [
    'last week compared to the previous week',
    'last week: 2026-11-09 2026-11-16',
    'previous week: 2026-11-02 2026-11-09',
  ],
  ['May compared to the previous month', 'May: 2026-05-01 2026-06-01', 'previous month: 2026-04-01 2026-05-01'],
  [
    'the last 30 days against the previous period',
    'last 30 days: 2026-10-23 2026-11-22',
    'previous period: 2026-09-23 2026-10-23',
  ],
  ['May vs June', 'May: 2026-05-01 2026-06-01', 'June: 2026-06-01 2026-07-01'],
  ['revenue 2024 vs 2025', '2024: 2024-01-01 2025-01-01', '2025: 2025-01-01 2026-01-01'],
  ['in May and June', 'May: 2026-05-01 2026-06-01', 'June: 2026-06-01 2026-07-01'],
  ['in Q1, Q2 and Q3', 'Q1: 2026-01-01 2026-04-01', 'Q2: 2026-04-01 2026-07-01', 'Q3: 2026-07-01 2026-10-01'],
  [
    'difference between this month and last month',
    'this month: 2026-11-01 2026-12-01',
    'last month: 2026-10-01 2026-11-01',
  ],
  ['How did revenue change from May to June?', 'May: 2026-05-01 2026-06-01', 'June: 2026-06-01 2026-07-01'],
  ['more in May than in April', 'May: 2026-05-01 2026-06-01', 'April: 2026-04-01 2026-05-01'],
]

const NO_PERIODS = [
  'You may show me all customers',
  'Which customers may return?',
  'What did May buy?',
  'this may be wrong',
  'Show orders of customer April',
  'customers named June',
  'emails from April Jones',
  'How many employees march?',
  'Marching bands by state',
  'in early May',
  'mid-May sales',
  'second largest city',
  'the third customer',
  'Q3 product',
  'Who drives an Audi Q3?',
  'model 2024',
  'room 2024',
  'order id 2024',
  'Which product costs 2024?',
  'orders over 2024 dollars',
  'price between 1990 and 2010',
  'salary from 2000 to 2020',
  'a total of 2024',
  'products of 2024 euros',
  '$2024',
  'version 5.11.2026.1',
  'fiscal year 2024',
  'in fiscal Q3',
  'How many orders per month?',
  'average revenue per week',
  'by quarter',
  'daily revenue by category',
  'orders on weekends',
  'on Mondays',
  'every Monday',
  'Is Monday the busiest day?',
  'busiest day of the week',
  'the last order of each customer',
  'last name of all customers',
  'first 10 customers',
  'top 5 products',
  'past due invoices',
  'next of kin',
  'products with 30 days warranty',
  'customers aged 30 years',
  'within 30 days of ordering',
  '7-day average',
  'a quarter of the customers',
  'half of all orders',
  'customers in their 80s',
  'the 50s age group',
  'Who ordered "Yesterday" by the Beatles?',
  "rating of the film 'Last Week'",
  '1/2 of the orders',
  '24/7 support',
  'from 9am to 5pm',
  'flights after 10:00',
  'employees by year of birth',
  'year over year growth',
  'what is the current stock',
  'sat score above 1200',
  '31 February',
  'February 30, 2025',
  '2024-13-45',
  '99/99/2024',
  'in 1850',
  'last 0 days',
]

describe('findPeriods', () => {
  it.each(EXPRESSIONS)('reads "%s"', (question, ...expected) => {
    expect(read(question)).toEqual(expected)
  })

  it.each(NO_PERIODS)('finds no period in "%s"', (question) => {
    expect(read(question)).toEqual([])
  })

  it('gives the words as they stand in the question', () => {
    const question = 'Revenue in the  LAST\n30 days?'
    const [period] = findPeriods(question, clock)
    expect(question).toContain(period?.text)
    expect(period?.label).toBe('LAST 30 days: Fri 23 Oct to Sat 21 Nov 2026')
  })
})

describe('labels', () => {
  it.each([
    ['last week', 'en-GB', 'last week: Mon 9 to Sun 15 Nov 2026'],
    ['last week', 'de', 'last week: Mon 9 to Sun 15 Nov 2026'],
    ['last week', 'en-US', 'last week: Mon Nov 9 to Sun Nov 15, 2026'],
    ['yesterday', 'en-GB', 'yesterday: Fri 20 Nov 2026'],
    ['yesterday', 'en-US', 'yesterday: Fri Nov 20, 2026'],
    ['last year', 'en-GB', 'last year: 1 Jan to 31 Dec 2025'],
    ['week 53', 'en-GB', 'week 53: Mon 28 Dec 2020 to Sun 3 Jan 2021'],
    ['since October', 'en-GB', 'since October: Thu 1 Oct to Sat 21 Nov 2026'],
    ['from December 2025 to March 2026', 'en-GB', 'from December 2025 to March 2026: 1 Dec 2025 to 31 Mar 2026'],
    ['before March', 'en-GB', 'before March: before Sun 1 Mar 2026'],
    ['after 1 May', 'en-GB', 'after 1 May: from Sat 2 May 2026 on'],
    ['this morning', 'en-GB', 'this morning: Sat 21 Nov 2026, 00:00 to 12:00'],
    ['since 9am', 'en-GB', 'since 9am: Sat 21 Nov 2026, 09:00 to 24:00'],
    ['last night', 'en-GB', 'last night: Fri 20 Nov 2026, 18:00 to Sat 21 Nov 2026, 06:00'],
  ])('says what "%s" means in %s', (question, locale, label) => {
    expect(findPeriods(question, { ...clock, locale }).map((period) => period.label)).toEqual([label])
  })
})

describe('the clock', () => {
  const at = (now: string) => ({ now: new Date(now) })

  it.each([
    ['in May', '2026-03-10T12:00:00Z', 'May: 2025-05-01 2025-06-01'],
    ['in May', '2026-05-10T12:00:00Z', 'May: 2026-05-01 2026-06-01'],
    ['last May', '2026-05-10T12:00:00Z', 'last May: 2025-05-01 2025-06-01'],
    ['next May', '2026-05-10T12:00:00Z', 'next May: 2027-05-01 2027-06-01'],
    ['in Q3', '2026-02-10T12:00:00Z', 'Q3: 2025-07-01 2025-10-01'],
    ['in Q1', '2026-02-10T12:00:00Z', 'Q1: 2026-01-01 2026-04-01'],
    ['last quarter', '2026-02-10T12:00:00Z', 'last quarter: 2025-10-01 2026-01-01'],
    ['last month', '2026-01-31T12:00:00Z', 'last month: 2025-12-01 2026-01-01'],
    ['last month', '2026-03-31T12:00:00Z', 'last month: 2026-02-01 2026-03-01'],
    ['last month', '2024-03-31T12:00:00Z', 'last month: 2024-02-01 2024-03-01'],
    ['the last 12 months', '2024-02-29T12:00:00Z', 'last 12 months: 2023-03-01 2024-03-01'],
    ['last week', '2027-01-01T12:00:00Z', 'last week: 2026-12-21 2026-12-28'],
    ['this week', '2027-01-01T12:00:00Z', 'this week: 2026-12-28 2027-01-04'],
    ['yesterday', '2027-01-01T00:30:00Z', 'yesterday: 2026-12-31 2027-01-01'],
    ['yesterday', '2024-03-01T12:00:00Z', 'yesterday: 2024-02-29 2024-03-01'],
    ['this day last year', '2024-02-29T12:00:00Z', 'this day last year: 2023-02-28 2023-03-01'],
    ['on Monday', '2026-11-23T12:00:00Z', 'Monday: 2026-11-23 2026-11-24'],
    ['last Monday', '2026-11-23T12:00:00Z', 'last Monday: 2026-11-16 2026-11-17'],
    ['last weekend', '2026-11-25T12:00:00Z', 'last weekend: 2026-11-21 2026-11-23'],
    ['this weekend', '2026-11-25T12:00:00Z', 'this weekend: 2026-11-28 2026-11-30'],
    ['over the weekend', '2026-11-25T12:00:00Z', 'weekend: 2026-11-21 2026-11-23'],
    ['between November and February', '2026-03-10T12:00:00Z', 'between November and February: 2025-11-01 2026-03-01'],
    ['between May and July', '2026-03-10T12:00:00Z', 'between May and July: 2025-05-01 2025-08-01'],
    ['since 9am', '2026-11-21T08:00:00Z', 'since 9am: 2026-11-20T09:00 2026-11-22'],
    ['week 1', '2026-01-01T12:00:00Z', 'week 1: 2025-12-29 2026-01-05'],
  ])('reads "%s" asked on %s', (question, now, expected) => {
    expect(read(question, at(now))).toEqual([expected])
  })

  it.each([
    ['last week', '2026-11-21T12:00:00Z', 'last week: 2026-11-08 2026-11-15'],
    ['this week', '2026-11-22T12:00:00Z', 'this week: 2026-11-22 2026-11-29'],
    ['last week', '2026-11-22T12:00:00Z', 'last week: 2026-11-15 2026-11-22'],
    ['the week of 3 November', '2026-11-21T12:00:00Z', 'week of 3 November: 2026-11-01 2026-11-08'],
    ['Sunday last week', '2026-11-21T12:00:00Z', 'Sunday last week: 2026-11-08 2026-11-09'],
    ['last weekend', '2026-11-25T12:00:00Z', 'last weekend: 2026-11-21 2026-11-23'],
    ['week 45', '2026-11-21T12:00:00Z', 'week 45: 2026-11-02 2026-11-09'],
  ])('reads "%s" asked on %s where weeks begin on Sunday', (question, now, expected) => {
    expect(read(question, { ...at(now), weekStart: 'sunday' })).toEqual([expected])
  })

  it('takes the day of the time zone, not of UTC', () => {
    const now = new Date('2026-11-21T23:30:00Z')
    expect(read('today', { now, timeZone: 'Asia/Tokyo' })).toEqual(['today: 2026-11-22 2026-11-23'])
    expect(read('today', { now, timeZone: 'America/New_York' })).toEqual(['today: 2026-11-21 2026-11-22'])
  })

  it.each([
    // Clocks go forward on 29 March 2026 in Berlin and back on 25 October: days of 23 and 25 hours.
    ['yesterday', 'Europe/Berlin', '2026-03-30T08:00:00Z', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    ['yesterday', 'Europe/Berlin', '2026-10-26T08:00:00Z', '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00'],
    ['last week', 'Europe/Berlin', '2026-04-01T08:00:00Z', '2026-03-23T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    [
      'the last 7 days',
      'Europe/Berlin',
      '2026-03-30T08:00:00Z',
      '2026-03-24T00:00:00+01:00',
      '2026-03-31T00:00:00+02:00',
    ],
    [
      'the last 24 hours',
      'Europe/Berlin',
      '2026-03-29T10:00:00Z',
      '2026-03-28T11:00:00+01:00',
      '2026-03-29T12:00:00+02:00',
    ],
    [
      'last month',
      'America/New_York',
      '2026-12-01T12:00:00Z',
      '2026-11-01T00:00:00-04:00',
      '2026-12-01T00:00:00-05:00',
    ],
    // In Cairo clocks go forward at midnight: Friday 24 April 2026 begins at 01:00.
    ['yesterday', 'Africa/Cairo', '2026-04-25T09:00:00Z', '2026-04-24T01:00:00+03:00', '2026-04-25T00:00:00+03:00'],
    ['today', 'Africa/Cairo', '2026-04-24T09:00:00Z', '2026-04-24T01:00:00+03:00', '2026-04-25T00:00:00+03:00'],
    ['last 2 days', 'Africa/Cairo', '2026-04-24T09:00:00Z', '2026-04-23T00:00:00+02:00', '2026-04-25T00:00:00+03:00'],
  ])('keeps days whole over clock changes: %s in %s at %s', (question, timeZone, now, start, end) => {
    expect(findPeriods(question, { ...clock, ...at(now), timeZone })).toMatchObject([{ start, end }])
  })

  it('reads 5/11/2026 in the order of the locale, unless only one order makes a date', () => {
    expect(read('on 5/11/2026', { locale: 'en-GB' })).toEqual(['5/11/2026: 2026-11-05 2026-11-06'])
    expect(read('on 5/11/2026', { locale: 'en-US' })).toEqual(['5/11/2026: 2026-05-11 2026-05-12'])
    expect(read('on 13/05/2024', { locale: 'en-US' })).toEqual(['13/05/2024: 2024-05-13 2024-05-14'])
    expect(read('on 05/13/24', { locale: 'de-DE' })).toEqual(['05/13/24: 2024-05-13 2024-05-14'])
  })

  it('throws for a time zone that does not exist', () => {
    expect(() => read('today', { timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})

describe('hostile text', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['\u0000\u202e yesterday \u202c', ['yesterday: 2026-11-20 2026-11-21']],
    ['🙂last week🙂', ['last week: 2026-11-09 2026-11-16']],
    ['last\u00a0week', ['last\u00a0week: 2026-11-09 2026-11-16']],
    ["last week'; DROP TABLE orders; --", ['last week: 2026-11-09 2026-11-16']],
  ])('copes with %j', (question, expected) => {
    expect(read(question)).toEqual(expected)
  })

  it.each([
    'last '.repeat(4000),
    `last${' '.repeat(20_000)}week`,
    'first day of '.repeat(1600),
    'between May and '.repeat(1250),
    'from 1 to 2 to 3 to '.repeat(1000),
    '1'.repeat(20_000),
    '2024-05-01 '.repeat(1800),
    "'".repeat(20_000),
    '“'.repeat(20_000),
  ])('reads 20,000 characters in good time (%#)', (question) => {
    const began = performance.now()
    findPeriods(question, clock)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
