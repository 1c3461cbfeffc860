import type { Answered } from '../answer.ts'
import { capitalised } from '../format/capitalised.ts'
import { columnLabel } from '../format/column-label.ts'
import { formatValue, NO_VALUE } from '../format/format-value.ts'
import { formatWeekday } from '../format/format-weekday.ts'
import { humanName } from '../format/human-name.ts'
import type { Asker } from '../question.ts'
import { type RowWords, rowWords } from './single-row.ts'

export type Told = Pick<Answered, 'sql' | 'result' | 'explanation'>

/** Conditions longer than this are counted, not spelt out: the explanation has them. */
const LONGEST_CONDITIONS = 160
const MOST_COLUMNS = 4
const LONGEST_ROW = 240

/**
 * An answer as one sentence, from its SQL and its rows: "1,234 orders where status is 'paid'." For many rows it only
 * counts them; a table or a chart shows the rest.
 */
export function sayAnswer({ sql, result, explanation }: Told, asker: Pick<Asker, 'locale' | 'timeZone'>): string {
  const { rows, columns, truncated } = result
  const [row] = rows
  if (!row) return sayNothing(explanation)
  const words = rowWords(sql, asker)
  if (rows.length > 1 || truncated)
    return (
      sayCounted(rows.length, truncated, { locale: asker.locale, words, where: conditions(explanation) }) ??
      sayNames(result, asker) ??
      `${truncated ? 'More than ' : ''}${rows.length.toLocaleString(asker.locale)} ${rows.length === 1 ? 'row' : 'rows'}.`
    )
  const isKnown =
    words !== null &&
    words.items.length === columns.length &&
    words.items.every(({ words: item }) => !item.startsWith('every column'))
  const cells = row.map((value, index): Cell => {
    const item = isKnown ? words.items[index] : undefined
    const name = columns[index] ?? ''
    const column = { name: item?.column ?? (item?.isAggregated ? '' : name), type: '' }
    const style =
      typeof value === 'string'
        ? asker
        : { ...asker, column: item?.isAggregated && !item.column ? { ...column, name: moneyName(item.words) } : column }
    return {
      text: formatWeekday(value, name, asker.locale) ?? formatValue(value, style),
      value,
      words: item?.words ?? humanName(name),
      label: labelOf(item, name),
      item,
    }
  })
  const [only] = cells
  if (cells.length === 1 && only && isKnown && only.item?.isAggregated)
    return sayAggregate(only, words, conditions(explanation))
  if (isKnown && cells.every(({ item }) => item?.isAggregated))
    return sayAggregates(cells, words, conditions(explanation))
  return sayRow(cells)
}

/** What a value is called: by its name, or where it is computed by what it is. */
function labelOf(item: RowWords['items'][number] | undefined, heading: string): string {
  const name = item?.alias ?? item?.column
  return name ? humanName(name) : columnLabel(heading)
}

type Cell = { text: string; value: unknown; words: string; label: string; item: RowWords['items'][number] | undefined }

function sayNothing({ filters, tables }: Told['explanation']): string {
  const where = tables.length === 1 ? ` in ${humanName(tables[0] ?? '')}` : ''
  if (filters.length === 0) return tables.length === 1 ? `There are no rows${where}.` : 'No rows match.'
  const said = filters.join(' and ')
  return said.length > LONGEST_CONDITIONS
    ? `No rows${where} match all ${filters.length} conditions.`
    : `No rows${where} match: ${said}.`
}

type Counted = { locale: string; words: RowWords | null; where: string }

/** How many things of one table there are; null where rows are something else. */
function sayCounted(count: number, isCut: boolean, { locale, words, where }: Counted): string | null {
  const isOfOne = words?.hasOneSource && words.isWhole && words.items.every(({ isAggregated }) => !isAggregated)
  if (!isOfOne || !words.sources) return null
  return `${isCut ? 'More than ' : ''}${count.toLocaleString(locale)} ${countedAs(words.sources, count)}${where}.`
}

/** A few names, or first names with last names, in their order; null where rows hold more than that. */
function sayNames(
  { rows, columns, truncated }: Told['result'],
  asker: Pick<Asker, 'locale' | 'timeZone'>,
): string | null {
  const isFull = columns.length === 2 && FIRST_NAME.test(columns[0] ?? '') && LAST_NAME.test(columns[1] ?? '')
  if (truncated || rows.length > MOST_NAMES || (columns.length !== 1 && !isFull)) return null
  if (!rows.flat().every((cell) => typeof cell === 'string' && cell.trim() !== '')) return null
  const names = rows.map((row) => row.map((cell) => formatValue(cell, asker)).join(' '))
  const said = `${new Intl.ListFormat(asker.locale, { type: 'conjunction' }).format(names)}.`
  return said.length <= LONGEST_ROW ? said : null
}

const MOST_NAMES = 5
const FIRST_NAME = /first|fore|given/i
const LAST_NAME = /last|sur|family/i

/** "6 books" of books, "6 rows in book" of book: names are not bent, which goes wrong too often. */
function countedAs(source: string, count: number): string {
  const isPlural = /(?:s|people|staff|children|men|data)$/.test(source) && !/(?:ss|us|is)$/.test(source)
  return isPlural && count !== 1 ? source : `${count === 1 ? 'row' : 'rows'} in ${source}`
}

function conditions({ filters }: Told['explanation']): string {
  if (filters.length === 0) return ''
  const said = ` where ${filters.join(' and ')}`
  if (said.length <= LONGEST_CONDITIONS) return said
  return filters.length === 1 ? ' under a condition' : ` under ${filters.length} conditions`
}

function sayAggregate({ text, value, words }: Cell, { sources, hasOneSource }: RowWords, where: string): string {
  if (sources === null)
    return value === null ? `${capitalised(words)} is not known.` : `${capitalised(words)} is ${text}.`
  const place = sources ? ` in ${sources}` : ''
  if (value === null) return `There is nothing to compute ${words} from${place}${where}.`
  if (words === 'the number of rows' && hasOneSource && value === 0) return `No ${sources}${where}.`
  if (words === 'the number of rows' && hasOneSource && value !== 1) return `${text} ${countedAs(sources, 2)}${where}.`
  const counted = /^the number of (.*)$/s.exec(words)?.[1]
  if (counted === 'rows' && value === 1) return `1 row${place}${where}.`
  if (counted && value !== 1) return `${value === 0 ? 'No' : text} ${counted}${place}${where}.`
  return `${capitalised(words)}${place}${where} is ${text}.`
}

function sayAggregates(cells: Cell[], { sources }: RowWords, where: string): string {
  const parts = cells.map(({ words, text, value }) => `${words} is ${value === null ? 'not known' : text}`)
  const last = parts.pop() ?? ''
  const place = sources ? ` in ${sources}${where}` : ''
  return cells.length > MOST_COLUMNS
    ? 'One row.'
    : `${place ? `${capitalised(place.trim())}, ` : ''}${parts.join(', ')} and ${last}.`
}

function sayRow(cells: Cell[]): string {
  const sentence = `${capitalised(cells.map(({ label, text }) => `${label}: ${text === NO_VALUE ? 'no value' : text}`).join(', '))}.`
  return cells.length <= MOST_COLUMNS && sentence.length <= LONGEST_ROW ? sentence : 'One row.'
}

/** A sum or an average of money is money; other aggregates are no labels whatever their alias is. */
function moneyName(words: string): string {
  return /^the (?:total|average) of /.test(words)
    ? words.replace(/^the (?:total|average) of (?:the different values of )?/, '')
    : ''
}
