import { visibleText } from './visible-text.ts'

/**
 * A column's name as a heading: `total_revenue` reads "total revenue", `COUNT(*)` reads "count",
 * `sum(price * quantity)` reads "total of price × quantity", `strftime('%Y-%m', paid_at)` reads
 * "month of paid at"; anything else stays as it is.
 */
export function columnLabel(name: string): string {
  const text = visibleText(name).replace(/\s+/g, ' ').trim()
  if (text === '') return '(no name)'
  if (/^count\s*\(.*\)$/i.test(text) && !text.slice(6).includes('(')) return 'count'
  const aggregate = /^(sum|avg|min|max|total)\s*\(\s*(?:\w+\.)?"?([\w ]+?)"?\s*\)$/i.exec(text)
  if (aggregate?.[1] && aggregate[2])
    return measured(aggregateWords[aggregate[1].toLowerCase()] ?? '', spaced(aggregate[2]))
  const computed =
    /^(sum|avg|min|max|total)\s*\(\s*(?:\w+\.)?"?([\w ]+?)"?\s*([-+*/])\s*(?:\w+\.)?"?([\w ]+?)"?\s*\)$/i.exec(text)
  if (computed?.[1] && computed[2] && computed[3] && computed[4])
    return `${aggregateWords[computed[1].toLowerCase()]} of ${spaced(computed[2])} ${signs[computed[3]]} ${spaced(computed[4])}`
  const period = /^strftime\s*\(\s*'(%Y(?:-%m(?:-%d)?)?)'\s*,\s*(?:\w+\.)?"?([\w ]+?)"?\s*\)$/i.exec(text)
  if (period?.[1] && period[2]) return `${periodWords[period[1]]} of ${spaced(period[2])}`
  return shortened(/^[\w ]+$/.test(text) ? spaced(text) : text)
}

const aggregateWords: Record<string, string> = {
  sum: 'total',
  total: 'total',
  avg: 'average',
  min: 'smallest',
  max: 'largest',
}

const signs: Record<string, string> = { '*': '×', '/': '÷', '+': '+', '-': '−' }

const periodWords: Record<string, string> = { '%Y': 'year', '%Y-%m': 'month', '%Y-%m-%d': 'day' }

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
