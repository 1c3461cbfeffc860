import type { Call, Expression } from '#databases/gate/query.ts'
import { columnOf, type QueryScope } from '../sql/query-scope.ts'
import type { Voice } from './voice.ts'

const PARTS = new Map([
  ['%Y', 'the year'],
  ['%m', 'the month of the year'],
  ['%d', 'the day of the month'],
  ['%H', 'the hour'],
  ['%M', 'the minute'],
  ['%w', 'the day of the week (0 for Sunday)'],
  ['%W', 'the week of the year'],
  ['%j', 'the day of the year'],
  ['%Y-%m', 'the month'],
  ['%Y-%W', 'the week'],
  ['%Y-%m-%d', 'the date'],
  ['%s', 'the seconds since 1970'],
])
const STEP = /^([+-]?)\s*(\d+(?:\.\d+)?)\s+(second|minute|hour|day|month|year)s?$/i
const START = /^start of (day|month|year)$/i

/** A noun phrase for SQLite's date functions; null for other functions and for what cannot be said with certainty. */
export function sayDateCall(voice: Voice, call: Call, scope: QueryScope): string | null {
  if (call.distinct) return null
  const of = (args: Expression[]) => momentOf(voice, args, scope)
  switch (call.name) {
    case 'strftime': {
      const part = PARTS.get(textOf(call.args[0]) ?? '')
      const moment = of(call.args.slice(1))
      return part && moment ? `${part} of ${moment}` : null
    }
    case 'substr':
    case 'substring':
      return sayDatePrefix(voice, call.args, scope)
    case 'julianday': {
      const moment = of(call.args)
      return moment && `the day number of ${moment}`
    }
    case 'current_date':
      return 'today'
    case 'current_timestamp':
      return 'now'
    case 'datetime':
      return of(call.args)
    case 'date':
      return dateOf(call.args, of(call.args))
    default:
      return null
  }
}

/** "the quarter of the year of order date" for `(strftime('%m', order_date) + 2) / 3`; null for any other division. */
export function sayQuarter(
  voice: Voice,
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  scope: QueryScope,
): string | null {
  if (operator !== '/' || !isNumber(right, 3) || left.kind !== 'arithmetic' || left.operator !== '+') return null
  const month = isNumber(left.right, 2) ? uncast(left.left) : null
  if (month?.kind !== 'call' || month.name !== 'strftime' || textOf(month.args[0]) !== '%m') return null
  const moment = momentOf(voice, month.args.slice(1), scope)
  return moment && `the quarter of the year of ${moment}`
}

function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === 'literal' && expression.value === value
}

function uncast(expression: Expression): Expression {
  return expression.kind === 'cast' && /^int/i.test(expression.type) ? expression.of : expression
}

/** substr(order_date, 1, 7) is the month of a date kept as text. */
function sayDatePrefix(voice: Voice, [value, from, length]: Expression[], scope: QueryScope): string | null {
  const isDate = value && columnOf(value, scope)?.dateFormat?.startsWith('date')
  if (!isDate || from?.kind !== 'literal' || from.value !== 1 || length?.kind !== 'literal') return null
  const part = { 4: 'year', 7: 'month', 10: 'date' }[Number(length.value)]
  return part ? `the ${part} of ${voice.value(value, scope)}` : null
}

function dateOf(args: Expression[], moment: string | null): string | null {
  if (moment === null || args.length === 0 || textOf(args[0]) === 'now')
    return moment?.replace(/\bnow$/, 'today') ?? null
  return args.length === 1 ? `the date of ${moment}` : moment
}

/** What date('now', '-30 days') is about: a value and the steps away from it. */
function momentOf(voice: Voice, [value, ...modifiers]: Expression[], scope: QueryScope): string | null {
  if (!value) return 'now'
  const base = textOf(value) === 'now' ? 'now' : voice.value(value, scope)
  return modifiers.reduce<string | null>((words, modifier) => words && modified(words, textOf(modifier)), base)
}

function textOf(expression: Expression | undefined): string | null {
  return expression?.kind === 'literal' && typeof expression.value === 'string' ? expression.value : null
}

function modified(words: string, modifier: string | null): string | null {
  if (modifier === null) return null
  const [, sign, count, unit] = STEP.exec(modifier) ?? []
  if (count && unit) {
    const units = `${unit.toLowerCase()}${count === '1' ? '' : 's'}`
    return `${count} ${units} ${sign === '-' ? 'before' : 'after'} ${words}`
  }
  const [, whole] = START.exec(modifier) ?? []
  if (whole) return startOf(whole.toLowerCase(), words)
  return /^(?:localtime|unixepoch|auto)$/i.test(modifier) ? words : null
}

function startOf(unit: string, words: string): string {
  if (words !== 'now') return `the start of the ${unit} of ${words}`
  return unit === 'day' ? 'the start of today' : `the start of this ${unit}`
}
