import { plainText } from './plain-text.ts'

/**
 * A column's name as a heading: `total_revenue` reads "total revenue", `COUNT(*)` reads "count",
 * `sum(price * quantity)` reads "total of price × quantity", `strftime('%Y-%m', paid_at)` reads
 * "month of paid at"; anything else stays as it is.
 */
export function columnLabel(name: string): string {
  const text = plainText(name, LONGEST_READ).replace(/\s+/g, ' ').trim()
  if (text === '') return '(no name)'
  return computedLabel(text) ?? shortened(/^[\w ]+$/.test(text) ? spaced(text) : text)
}

/** What SQL computes, in words; null for what is not known. */
function computedLabel(text: string): string | null {
  if (/^count\s*\(.*\)$/i.test(text) && !text.slice(6).includes('(')) return 'count'
  const [, inner] = SUBQUERY.exec(text) ?? []
  if (inner) return [columnLabel(inner), DAY.exec(text)?.[0]].filter(Boolean).join(' from ')
  if (PERCENTAGE.test(text)) return 'percentage'
  const [, format, moment] = PERIOD.exec(text) ?? []
  const period = periodWords[format ?? '']
  return period && moment ? `${period} of ${spaced(moment)}` : aggregateLabel(text)
}

function aggregateLabel(text: string): string | null {
  const [, aggregate, column, sign, other] = AGGREGATE.exec(text) ?? []
  if (!aggregate || !column) return null
  const word = aggregateWords[aggregate.toLowerCase()] ?? ''
  return sign && other ? `${word} of ${spaced(column)} ${signs[sign]} ${spaced(other)}` : measured(word, spaced(column))
}

const LONGEST_READ = 1_000

/** A column, perhaps with its table and in quotes. */
const COLUMN = String.raw`(?:\w+\.)?"?([\w ]+?)"?`
const AGGREGATE = new RegExp(
  String.raw`^(sum|avg|min|max|total)\s*\(\s*${COLUMN}(?:\s*([-+*/])\s*${COLUMN})?\s*\)$`,
  'i',
)
/** Of two that are compared, the days that they begin on tell which is which. */
const SUBQUERY = /^\(SELECT (.+?) FROM .*\)$/i
const DAY = /(?<=')\d{4}-\d\d-\d\d(?=')/
const PERCENTAGE = /\b100(?:\.0+)?\s*\*.*\/|\*\s*100(?:\.0+)?\s*\/|\/.*\*\s*100(?:\.0+)?$/

/** Epochs are divided and named before they are read. */
const PERIOD = new RegExp(
  String.raw`^strftime\s*\(\s*'([^']+)'\s*,\s*${COLUMN}(?:\s*/\s*1000)?(?:\s*,\s*'unixepoch')?\s*\)$`,
  'i',
)

const aggregateWords: Record<string, string> = {
  sum: 'total',
  total: 'total',
  avg: 'average',
  min: 'smallest',
  max: 'largest',
}

const signs: Record<string, string> = { '*': '×', '/': '÷', '+': '+', '-': '−' }

const periodWords: Record<string, string> = {
  '%Y': 'year',
  '%Y-%m': 'month',
  '%Y-%W': 'week',
  '%Y-%m-%d': 'day',
  '%w': 'weekday',
  '%H': 'hour',
}

function measured(word: string, name: string): string {
  return name.toLowerCase().startsWith(word) ? name : `${word} ${name}`
}

function spaced(name: string): string {
  return name.replace(/_+/g, ' ').trim() || name
}

const maxCharacters = 80

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 1).join('')}…`
}
