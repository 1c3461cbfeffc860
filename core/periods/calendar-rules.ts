import { DateTime } from 'luxon'
import type { Clock } from './clock.ts'
import { statedYear } from './day-rules.ts'
import { type Rule, rule, type Words } from './rule.ts'
import { type Span, steps, unitAt, yearlySpan } from './span.ts'
import { MONTH, monthNumber, ORDINAL, ordinalOf, YEAR, yearOf } from './vocabulary.ts'

const WHICH_YEAR = `(?:,?\\s*(?:of |in )?(?<year>${YEAR})| (?:of |in )?(?<which>last|this|next) year)`
const WHICH = '(?<side>last|past|previous|this past|this coming|this|coming|next)'
const OF_THE_YEAR = ' (?:of|in) (?<which>the|this|last|next) year'
const NOT_A_MONTH =
  '(?! (?:be|have|has|not|also|i|we|you|he|she|it|they|contain|include|need|want|get|see|know|ask|or may not)(?![\\p{L}]))'
const TENS = ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties']

/** Months, quarters, halves, years, decades and numbered weeks. */
export const CALENDAR_RULES: Rule[] = [
  rule(`(?:the )?(?:month of )?(?<month>${MONTH})\\.?${WHICH_YEAR}`, (words, clock) =>
    inStatedYear(words, clock, month),
  ),
  rule(`(?:the )?month of (?<month>${MONTH})`, (words, clock) =>
    yearlySpan(clock, (year) => month(clock, words, year)),
  ),
  rule(`(?<month>${MONTH})${NOT_A_MONTH}`, (words, clock) =>
    weakly(yearlySpan(clock, (year) => month(clock, words, year))),
  ),
  rule(`${WHICH} (?<month>${MONTH})${NOT_A_MONTH}`, (words, clock) => besideNow(words, clock, month)),
  rule(`(?<year>${YEAR})[-/](?<number>0[1-9]|1[0-2])(?![-/])`, (words, clock) =>
    weakly(inStatedYear(words, clock, month)),
  ),
  rule(`(?<number>0?[1-9]|1[0-2])/(?<year>(?:19|20)\\d\\d)`, (words, clock) =>
    weakly(inStatedYear(words, clock, month)),
  ),

  rule(`q(?<number>[1-4])${WHICH_YEAR}`, (words, clock) => inStatedYear(words, clock, quarter)),
  rule(`(?<year>(?:19|20)\\d\\d)[- ]?q(?<number>[1-4])`, (words, clock) => inStatedYear(words, clock, quarter)),
  rule('q(?<number>[1-4])', (words, clock) => weakly(yearlySpan(clock, (year) => quarter(clock, words, year)))),
  rule(`${WHICH} q(?<number>[1-4])`, (words, clock) => besideNow(words, clock, quarter)),
  rule(`(?:the )?(?<ordinal>${ORDINAL}) quarter(?:${WHICH_YEAR})`, (words, clock) =>
    inStatedYear(words, clock, quarter),
  ),
  rule(`(?:the )?(?<ordinal>${ORDINAL}) quarter${OF_THE_YEAR}`, (words, clock) => inStatedYear(words, clock, quarter)),
  rule('(?:the )?(?<ordinal>first|second|third|fourth|final|[1-4](?:st|nd|rd|th)) quarter(?! of)', (words, clock) =>
    yearlySpan(clock, (year) => quarter(clock, words, year)),
  ),

  rule(`h(?<number>[12])${WHICH_YEAR}`, (words, clock) => inStatedYear(words, clock, half)),
  rule(`(?<year>(?:19|20)\\d\\d)[- ]?h(?<number>[12])`, (words, clock) => inStatedYear(words, clock, half)),
  rule('h(?<number>[12])', (words, clock) => weakly(yearlySpan(clock, (year) => half(clock, words, year)))),
  rule(`(?:the )?(?<ordinal>first|second|1st|2nd|last) half${WHICH_YEAR}`, (words, clock) =>
    inStatedYear(words, clock, half),
  ),
  rule(`(?:the )?(?<ordinal>first|second|1st|2nd|last) half${OF_THE_YEAR}`, (words, clock) =>
    inStatedYear(words, clock, half),
  ),

  rule('(?:the )?(?:calendar )?year (?:of )?(?<year>(?:19|20)\\d\\d)', (words, clock) =>
    inStatedYear(words, clock, wholeYear),
  ),
  rule('(?<year>(?:19|20)\\d\\d)', (words, clock) => {
    const span = inStatedYear(words, clock, wholeYear)
    return span && { ...span, weak: 'year' }
  }),
  rule("(?:the )?(?<year>(?:19|20)\\d0)['’]?s", ({ year = '' }, clock) => decade(clock, Number(year))),
  rule("the ['’]?(?<tens>[0-9]0)['’]?s", ({ tens = '' }, clock) => weakly(decade(clock, yearOf(tens)))),
  rule(`the (?<tens>${TENS.join('|')})`, ({ tens = '' }, clock) =>
    weakly(decade(clock, 1900 + 10 * (TENS.indexOf(tens) + 2))),
  ),

  rule(`(?:calendar )?week (?:no\\.? |number )?(?<number>\\d{1,2})${WHICH_YEAR}?`, (words, clock) =>
    isoWeek(words, clock),
  ),
  rule('(?<year>(?:19|20)\\d\\d)-?w(?<number>\\d\\d)', (words, clock) => isoWeek(words, clock)),
]

type InYear = (clock: Clock, words: Words, year: number) => Span | null

function inStatedYear(words: Words, clock: Clock, inYear: InYear): Span | null {
  const year = statedYear(words, clock)
  return year ? inYear(clock, words, year) : null
}

/** "last May" is over before this month begins, "next May" begins after it, "this May" is of this year. */
function besideNow(words: Words, clock: Clock, inYear: InYear): Span | null {
  const { side = '' } = words
  const thisYear = inYear(clock, words, clock.today.year)
  if (side === 'this' || !thisYear?.start || !thisYear.end) return thisYear
  const isAhead = side === 'next' || side.endsWith('coming')
  if (isAhead) return thisYear.start > clock.now ? thisYear : inYear(clock, words, clock.today.year + 1)
  return thisYear.end <= clock.now ? thisYear : inYear(clock, words, clock.today.year - 1)
}

function month(clock: Clock, { month: name, number }: Words, year: number): Span | null {
  return from(clock, year, name ? monthNumber(name) : Number(number), 'month')
}

function quarter(clock: Clock, { number, ordinal }: Words, year: number): Span | null {
  const nth = ordinal ? ordinalOf(ordinal) : Number(number)
  if (nth > 4) return null
  return from(clock, year, (nth < 0 ? 4 : nth) * 3 - 2, 'quarter')
}

function half(clock: Clock, { number, ordinal }: Words, year: number): Span | null {
  const isSecond = number === '2' || (ordinal !== undefined && ordinalOf(ordinal) !== 1)
  const start = DateTime.fromObject({ year, month: isSecond ? 7 : 1 }, { zone: clock.now.zone })
  return { start, end: start.plus({ months: 6 }).startOf('day'), step: { months: 6 } }
}

function wholeYear(clock: Clock, _: Words, year: number): Span | null {
  return from(clock, year, 1, 'year')
}

function decade(clock: Clock, year: number): Span {
  const start = DateTime.fromObject({ year }, { zone: clock.now.zone })
  return { start, end: start.plus({ years: 10 }).startOf('day'), step: { years: 10 } }
}

/** Week numbers are those of ISO 8601, whichever day the asker's weeks begin on. */
function isoWeek(words: Words, clock: Clock): Span | null {
  const weekNumber = Number(words.number)
  const inYear = (weekYear: number): Span | null => {
    const start = DateTime.fromObject({ weekYear, weekNumber }, { zone: clock.now.zone })
    return start.isValid
      ? { start, end: start.plus({ weeks: 1 }).startOf('day'), unit: 'week', step: steps('week', 1) }
      : null
  }
  const year = statedYear(words, clock)
  return year ? inYear(year) : yearlySpan(clock, inYear)
}

function from(clock: Clock, year: number, monthOfYear: number, unit: 'month' | 'quarter' | 'year'): Span {
  return unitAt(clock, DateTime.fromObject({ year, month: monthOfYear }, { zone: clock.now.zone }), unit)
}

function weakly(span: Span | null): Span | null {
  return span && { ...span, weak: 'span' }
}
