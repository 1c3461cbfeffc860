import type { SqlValue } from '../schema/schema.ts'
import { dateReadings, rivalDateReadings } from './csv-dates.ts'
import { numberReadings } from './csv-numbers.ts'

/** One way to read all values of a column. */
export type Reading = { type: string; fits(text: string): boolean; convert(text: string): SqlValue }

/** A column of a table file while its values are looked at. */
export type ColumnGuess = {
  /** The readings that all values so far allow, the likeliest first. */
  readings: Reading[]
  values: number
  /** Values such as N/A that mean "nothing" where the rest are numbers or dates. */
  nothings: number
}

/**
 * How a column came out; `convert` gives what is stored. `ambiguousDates` says that they may be day or month first, and
 * stay as they are.
 */
export type ColumnReading = { type: string; convert(text: string): SqlValue; nothings: number; ambiguousDates: boolean }

const { dayFirst, monthFirst } = rivalDateReadings
const nothing = new Set(['na', 'n/a', '#n/a', 'null', '\\n', 'none', 'nan', '-', '--', '?'])

export function startGuess(delimiter: string): ColumnGuess {
  const dates = [...dateReadings, ...dayFirst, ...monthFirst]
  return { readings: [...numberReadings(delimiter), ...dates], values: 0, nothings: 0 }
}

/** Takes one more value into account. */
export function addToGuess(guess: ColumnGuess, text: string): void {
  if (text === '') return
  guess.values += 1
  if (guess.readings.length === 0) return
  if (nothing.has(text.toLowerCase())) guess.nothings += 1
  else if (guess.readings.some((reading) => !reading.fits(text))) {
    guess.readings = guess.readings.filter((reading) => reading.fits(text))
  }
}

/** Settles on a reading once all values have been seen. Empty is NULL in every column. */
export function finishGuess({ readings, values, nothings }: ColumnGuess): ColumnReading {
  const rivals = readings.includes(dayFirst[1]) && readings.includes(monthFirst[1])
  const reading = values === nothings || rivals ? undefined : readings[0]
  const asText = (text: string) => (text === '' ? null : text)
  if (!reading) return { type: 'TEXT', convert: asText, nothings: 0, ambiguousDates: rivals && values > nothings }
  const convert = (text: string) => (text === '' || nothing.has(text.toLowerCase()) ? null : reading.convert(text))
  return { type: reading.type, convert, nothings, ambiguousDates: false }
}
