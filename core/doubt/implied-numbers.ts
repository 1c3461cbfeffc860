import type { PeriodHint } from '../linking/link-periods.ts'
import { periodBounds } from '../periods/period-bounds.ts'
import { literalsOf } from '../sql/tokenize-sql.ts'

/** The numbers that a text calls for without naming them: where its periods begin and end, the age of an adult. */
export function impliedNumbers(text: string, periods: PeriodHint[]): number[] {
  const wellKnown = WELL_KNOWN.flatMap(([words, numbers]) => (words.test(text) ? numbers : []))
  return [...wellKnown, ...periods.flatMap(numbersOf)]
}

/** Where a period begins and ends in every kind of number that a column may keep it as: years, months and epochs. */
function numbersOf({ period, conditions }: PeriodHint): number[] {
  const bounds = NUMERIC_FORMATS.map((format) => periodBounds(period, format)).flatMap(({ start, end }) => [start, end])
  const months = [period.start, period.end].map((moment) => moment.slice(5, 7))
  return [...bounds.filter((bound) => bound !== null), ...months, ...conditions.flatMap(literalsOf)].map(Number)
}

const NUMERIC_FORMATS = ['year', 'epoch-seconds', 'epoch-milliseconds'] as const

/** What everybody knows that a word stands for: ages, times of the day, weekdays as strftime counts them. */
const WELL_KNOWN: [RegExp, number[]][] = [
  [/\b(?:adult|minor|grown-?up|under-?age|of (?:legal )?age|child|children|kid)s?\b/i, [12, 14, 16, 18, 21]],
  [/\bteen(?:ager|aged)?s?\b/i, [13, 19]],
  [/\b(?:pensioner|senior|retiree|retired|elderly|old people)s?\b/i, [60, 65, 67]],
  [/\b(?:morning|noon|afternoon|evening|night|daytime)s?\b/i, [5, 12, 18, 22]],
  [/\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweek(?:end|day)s?\b/i, [0, 1, 2, 3, 4, 5, 6]],
]
