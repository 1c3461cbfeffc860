import { NUMBER_WORDS } from '../words/number-words.ts'
import type { CalendarUnit, RollingUnit } from './span.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const COUNTS = NUMBER_WORDS.slice(1, 13)
const OTHER_COUNTS = new Map([
  ['a', 1],
  ['an', 1],
  ['couple of', 2],
  ['few', 3],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['sixty', 60],
  ['ninety', 90],
])
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']

/** Patterns for the words of the calendar, for use inside a rule's pattern. */
export const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
export const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
export const SHORT_WEEKDAY = `${WEEKDAY}|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun`
export const YEAR = "(?:19|20)\\d\\d|['’]\\d\\d"
export const DAY = '\\d{1,2}(?:st|nd|rd|th)?'
export const COUNT = `\\d{1,3}|(?:a )?couple of|(?:a )?few|${[...COUNTS, ...OTHER_COUNTS.keys()].filter((word) => !word.includes(' ') && word !== 'few').join('|')}`
export const UNIT = 'day|week|month|quarter|year'
export const ORDINAL = 'first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last|final'
export const PART_OF_DAY = 'morning|afternoon|evening|night'

/** 1 to 12 for a month's name or its abbreviation. */
export function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3)) + 1
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayNumber(name: string): number {
  return WEEKDAYS.indexOf(name.slice(0, 3)) + 1
}

/** A number in figures or words; null for 0, which counts nothing. */
export function countOf(words: string): number | null {
  if (/^\d+$/.test(words)) return Number(words) || null
  const word = words.replace(/^a (?=couple|few)/, '')
  return OTHER_COUNTS.get(word) ?? (COUNTS.indexOf(word) + 1 || null)
}

/** 1 for "first" or "1st"; -1 for "last" and "final". */
export function ordinalOf(word: string): number {
  if (word === 'last' || word === 'final') return -1
  return ORDINALS.indexOf(word) + 1 || Number.parseInt(word, 10)
}

/** A year in four figures, or in two behind an apostrophe or in a date: 69 and below are of this century. */
export function yearOf(words: string): number {
  const digits = words.replace("'", '')
  if (digits.length > 2) return Number(digits)
  return Number(digits) + (Number(digits) < 70 ? 2000 : 1900)
}

/** The unit that a word of UNIT names. */
export function unitOf(word = ''): CalendarUnit {
  const unit = rollingUnit(word)
  return unit === 'hour' || unit === 'minute' ? 'day' : unit
}

export function rollingUnit(word = ''): RollingUnit {
  switch (word) {
    case 'minute':
    case 'hour':
    case 'week':
    case 'month':
    case 'quarter':
    case 'year':
      return word
    default:
      return 'day'
  }
}
