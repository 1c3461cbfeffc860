import { tokenizeSql } from '#core/sql/tokenize-sql.ts'
import type { Verdict } from '#databases/state/evaluation-record.ts'

/** What can be wrong with a prediction. */
export const FAULTS = {
  parse: 'does not parse',
  'missing-name': 'a table or column that there is not',
  crashed: 'does not run for another reason',
  timeout: 'too slow',
  abstained: 'no answer',
  answered: 'an answer where there is none',
  empty: 'no rows where there are some',
  columns: 'a column too many or too few',
  join: 'other tables',
  nesting: 'other nesting or set operation',
  aggregation: 'other aggregation or grouping',
  filter: 'other filter or value',
  order: 'other order or limit',
  other: 'something else',
} as const

export type Fault = keyof typeof FAULTS

export type Judged = {
  verdict: Verdict
  sql: string | null
  /** Null where no answer is the right one. */
  gold: string | null
  message: string | null
  /** Rows of the prediction, where they were counted. */
  rowCount: number | null
}

/** The gravest thing that is wrong with a prediction: where it differs from the gold query, read from both texts. Null where nothing is. */
export function classifyFault({ verdict, sql, gold, message, rowCount }: Judged): Fault | null {
  switch (verdict) {
    case 'right':
    case 'gold-failed':
      return null
    case 'timed-out':
      return 'timeout'
    case 'unanswered':
      return 'abstained'
    case 'crashed':
      return crashKind(message ?? '')
    case 'wrong': {
      if (gold === null) return 'answered'
      const differs = difference(shapeOf(sql ?? ''), shapeOf(gold))
      return rowCount === 0 && differs !== 'join' ? 'empty' : differs
    }
  }
}

function crashKind(message: string): Fault {
  if (
    /no such (?:column|table|function)|ambiguous column|there is no (?:column|table)|does not (?:exist|have)/i.test(
      message,
    )
  )
    return 'missing-name'
  if (/timed out|too slow|too long|took longer|deadline/i.test(message)) return 'timeout'
  if (/syntax|unrecognized token|incomplete input|parse|near "/i.test(message)) return 'parse'
  return 'crashed'
}

/** What a query does, as far as its words tell. */
type Shape = { columns: number; tables: string; nesting: string; aggregation: string; filter: string; order: string }

function difference(predicted: Shape, gold: Shape): Fault {
  const order: (keyof Shape)[] = ['columns', 'tables', 'nesting', 'aggregation', 'filter', 'order']
  const first = order.find((part) => predicted[part] !== gold[part])
  return first === undefined ? 'other' : first === 'tables' ? 'join' : first
}

function shapeOf(sql: string): Shape {
  const tokens = tokenizeSql(sql)
  const words = tokens.map(({ kind, text, name }) => (kind === 'string' ? text : name.toLowerCase()))
  const after = (...keywords: string[]) => words.filter((_, index) => keywords.includes(words[index - 1] ?? ''))
  const counted = (some: Set<string>) =>
    words
      .filter((word) => some.has(word))
      .sort()
      .join()
  return {
    columns: selectedColumns(words),
    tables: [...new Set(after('from', 'join').filter((word) => word !== '('))].sort().join(),
    nesting: `${counted(SET_WORDS)} ${words.filter((word) => word === 'select').length}`,
    aggregation: counted(AGGREGATION),
    filter: filterWords(
      tokens.map(({ kind }) => kind),
      words,
    ),
    order: orderWords(words),
  }
}

const SET_WORDS = new Set(['union', 'intersect', 'except'])
const AGGREGATION = new Set(['count', 'sum', 'avg', 'min', 'max', 'group', 'having', 'distinct'])

/** Columns between the first SELECT and its FROM. */
function selectedColumns(words: string[]): number {
  let depth = 0
  let columns = 1
  for (const word of words.slice(words.indexOf('select') + 1)) {
    if (word === 'from' && depth === 0) break
    if (word === '(') depth++
    if (word === ')') depth--
    if (word === ',' && depth === 0) columns++
  }
  return columns
}

/** Values and comparisons, without the names of tables before columns, in any order; how many rows are wanted is no filter. */
function filterWords(kinds: string[], words: string[]): string {
  const start = words.findIndex((word) => word === 'where' || word === 'having')
  if (start < 0) return ''
  return words
    .filter((word, index) => {
      if (index < start || ['limit', 'offset'].includes(words[index - 1] ?? '')) return false
      return isValue(kinds[index] ?? '') || COMPARING.has(word)
    })
    .map((word) => word.toLowerCase())
    .sort()
    .join()
}

const COMPARING = new Set(['=', '<', '>', '<=', '>=', '!=', '<>', 'like', 'in', 'not', 'between', 'or', 'is'])

function isValue(kind: string): boolean {
  return kind === 'string' || kind === 'number'
}

function orderWords(words: string[]): string {
  const start = words.findIndex((word) => word === 'order' || word === 'limit')
  if (start < 0) return ''
  return words
    .slice(start)
    .filter((word) => ['order', 'limit', 'desc'].includes(word) || /^\d+$/.test(word))
    .join()
}
