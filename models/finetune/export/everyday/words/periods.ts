import type { Wordings } from '../everyday-family.ts'

/** Periods on columns of dates; `{year}` is one that the data may hold, `{day}`, `{month}` and `{n}` are drawn. */
export const PERIODS: Wordings = {
  train: [
    'last week',
    'last week',
    'this week',
    'yesterday',
    'today',
    'last month',
    'last month',
    'this month',
    'last year',
    'this year',
    'last quarter',
    'in the last {n} days',
    'in the last 30 days',
    'over the past {n} weeks',
    'in {year}',
    'in {year}',
    'in {month} {year}',
    'in {month}',
    'in Q{quarter} {year}',
    'since {month}',
    'between {month} and December {year}',
    'so far this year',
    'on {day} {month} {year}',
    'before {year}',
    'since {year}',
    'in the past 12 months',
    'in the first half of {year}',
    'after {month} {year}',
  ],
  test: [
    'last weekend',
    'this quarter',
    'year to date',
    'in the previous month',
    'during the last two weeks',
    'in Q{quarter}',
    'in the second half of last year',
    'from January to {month} {year}',
    'until {month} {year}',
    'the day before yesterday',
    'in the last {n} months',
  ],
}

/** Another period, as a follow-up names it. */
export const OTHER_PERIODS: Wordings = {
  train: [
    'last month',
    'last year',
    'this year',
    'yesterday',
    'last week',
    'the week before',
    'the month before',
    'in {year}',
    'in {month} {year}',
    'this month',
    'last quarter',
  ],
  test: ['the year before', 'two weeks ago', 'in Q{quarter} {year}', 'this week', 'in the last {n} days'],
}

/** Years and what stands before them, for columns that hold years; the comparison that each means. */
export const YEAR_COMPARISONS = [
  { lead: 'in', operator: '=' },
  { lead: 'in', operator: '=' },
  { lead: 'before', operator: '<' },
  { lead: 'after', operator: '>' },
]

export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
]
