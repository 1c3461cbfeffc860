/**
 * The range of a query that asks for numbers BETWEEN two others, where the question names no range: "larger than 6000 … smaller than 4000".
 * Of 70 such queries for Spider's train questions one is so. Undefined where there is none.
 */
export function unaskedRange(question: string, sql: string): string | undefined {
  const [, low = '', high = ''] = RANGE.exec(sql) ?? []
  if (low === '' || (NAMED.test(question) && Number(low) <= Number(high))) return undefined
  return `${low} and ${high}`
}

const RANGE = /\bBETWEEN\s+(-?\s*[\d.]+)\s+AND\s+(-?\s*[\d.]+)/i
const NAMED = /\b(?:between|from|range|within|through)\b|\d\s*(?:-|to|and|–)\s*\d/i
