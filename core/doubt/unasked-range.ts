import type { PeriodHint } from '../linking/link-periods.ts'
import { impliedNumbers } from './implied-numbers.ts'

/**
 * The range of a query that asks for numbers BETWEEN two others, where the question names no range: "larger than 6000 … smaller than 4000".
 * Of 70 such queries for Spider's train questions one is so. A period is a range, and so are the ages of teenagers. Undefined where there is
 * none.
 */
export function unaskedRange(question: string, sql: string, periods: PeriodHint[]): string | undefined {
  const [, low = '', high = ''] = RANGE.exec(sql) ?? []
  const isNamed = NAMED.test(question) || impliedNumbers(question, periods).includes(Number(low))
  if (low === '' || (isNamed && Number(low) <= Number(high))) return undefined
  return `${low} and ${high}`
}

const RANGE = /\bBETWEEN\s+(-?\s*[\d.]+)\s+AND\s+(-?\s*[\d.]+)/i
const NAMED = /\b(?:between|from|range|within|through)\b|\d\s*(?:-|to|and|–)\s*\d/i
