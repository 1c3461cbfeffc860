import type { Expression } from '#databases/gate/query.ts'
import type { Column, SqlValue } from '#databases/schema/schema.ts'
import { formatValue } from '../format/format-value.ts'
import { plainText } from '../format/plain-text.ts'
import { aliased, columnOf, columnWords, isColumn, isQuotedText, type QueryScope } from '../sql/query-scope.ts'
import { momentOf, momentWords } from './date-words.ts'
import { sayCall } from './say-call.ts'
import { sayQuarter } from './say-date-call.ts'
import { sayShare } from './say-share.ts'
import { kindOf } from './value-kind.ts'
import { listed, type Voice } from './voice.ts'

/** A noun phrase for any expression: "price × quantity", "the average of age". */
export function sayValue(voice: Voice, expression: Expression, scope: QueryScope): string {
  const say = (inner: Expression) => voice.value(inner, scope)
  switch (expression.kind) {
    case 'column':
      return sayColumn(voice, expression, scope)
    case 'literal':
      return sayLiteral(voice, expression.value, null)
    case 'star':
      return expression.table ? `every column of ${plainText(expression.table)}` : 'every column'
    case 'call':
      return sayCall(voice, expression, scope)
    case 'arithmetic':
      return sayArithmetic(voice, expression, scope)
    case 'negative':
      return expression.of.kind === 'literal' ? `-${say(expression.of)}` : `minus ${say(expression.of)}`
    case 'case':
      return sayCase(voice, expression, scope)
    case 'cast':
      return `${say(expression.of)} as ${TYPES.get(expression.type.toLowerCase()) ?? plainText(expression.type)}`
    case 'collate':
      return /^nocase$/i.test(expression.collation)
        ? `${say(expression.of)} (upper and lower case alike)`
        : `${say(expression.of)} (compared by ${plainText(expression.collation)})`
    case 'subquery':
      return voice.rows(expression.query, scope)
    case 'tuple':
      return `(${listed(expression.parts.map(say))})`
    default:
      return `whether ${voice.condition(expression, scope)}`
  }
}

/** A literal as the asker writes it; `column` is what it is compared with. */
function sayLiteral(voice: Voice, value: SqlValue, column: Column | null): string {
  const moment = momentOf(value, column, voice.timeZone)
  if (moment) return momentWords(moment, voice.locale)
  if (value === null) return 'no value'
  if (typeof value === 'string') return value === '' ? 'the empty text' : `'${plainText(value)}'`
  return formatValue(value, { locale: voice.locale, exact: true, ...(column ? { column } : {}) })
}

/** Something that a comparison stands beside: its literals are written as values of that column. */
export function sayBeside(voice: Voice, expression: Expression, other: Expression, scope: QueryScope): string {
  if (expression.kind === 'literal') return sayLiteral(voice, expression.value, columnOf(other, scope))
  return voice.value(expression, scope)
}

function sayColumn(voice: Voice, expression: Expression & { kind: 'column' }, scope: QueryScope): string {
  const item = isColumn(expression, scope) ? null : aliased(expression, scope)
  // An alias that repeats a column's own name would lead back to itself.
  if (item && item.kind !== 'column') return voice.value(item, { ...scope, items: [] })
  return !item && isQuotedText(expression, scope) ? `'${plainText(expression.name)}'` : columnWords(expression, scope)
}

const TYPES = new Map([
  ['int', 'a whole number'],
  ['integer', 'a whole number'],
  ['bigint', 'a whole number'],
  ['real', 'a number'],
  ['float', 'a number'],
  ['double', 'a number'],
  ['numeric', 'a number'],
  ['decimal', 'a number'],
  ['text', 'text'],
  ['varchar', 'text'],
])

const SIGNS = new Map([
  ['*', '×'],
  ['/', '÷'],
  ['-', '−'],
])

function sayArithmetic(voice: Voice, expression: Expression & { kind: 'arithmetic' }, scope: QueryScope): string {
  const { operator, left, right } = expression
  const operand = (inner: Expression) => {
    const words = voice.value(inner, scope)
    return inner.kind === 'arithmetic' && inner.operator !== operator ? `(${words})` : words
  }
  if (operator === '||') return `${operand(left)} followed by ${operand(right)}`
  const scaled = operator === '*' ? [left, right].find((side) => isOne(side)) : undefined
  if (scaled) return voice.value(scaled === left ? right : left, scope)
  const share = sayShare(voice, expression, scope)
  if (share) return share
  const quarter = voice.fractions ? null : sayQuarter(voice, expression, scope)
  if (quarter) return quarter
  const days = daysBetween(voice, expression, scope)
  if (days) return days
  if (operator === '%') return `the remainder of ${operand(left)} ÷ ${operand(right)}`
  // The right side of − and ÷ may not lose its brackets.
  const second = right.kind === 'arithmetic' ? `(${voice.value(right, scope)})` : operand(right)
  const words = `${operand(left)} ${SIGNS.get(operator) ?? operator} ${second}`
  const isWhole =
    operator === '/' && !voice.fractions && kindOf(left, scope) === 'integer' && kindOf(right, scope) === 'integer'
  return isWhole ? `${words} (cut to a whole number)` : words
}

/** 1.0 × x only makes a fraction of x. */
function isOne(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === 1
}

/** julianday(b) - julianday(a) */
function daysBetween(
  voice: Voice,
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  scope: QueryScope,
): string | null {
  const of = (side: Expression) =>
    side.kind === 'call' && side.name === 'julianday' && side.args.length === 1 ? side.args[0] : null
  const [end, start] = [of(left), of(right)]
  if (operator !== '-' || !end || !start) return null
  const words = (moment: Expression) =>
    moment.kind === 'literal' && moment.value === 'now' ? 'now' : voice.value(moment, scope)
  return `the days from ${words(start)} to ${words(end)}`
}

function sayCase(
  voice: Voice,
  { operand, whens, otherwise }: Expression & { kind: 'case' },
  scope: QueryScope,
): string {
  const branches = whens.map(([when, then]) => {
    const condition: Expression = operand
      ? { kind: 'compare', operator: '=', left: operand, right: when, negated: false }
      : when
    return `${voice.value(then, scope)} if ${voice.condition(condition, scope)}`
  })
  return `(${branches.join(', ')}, otherwise ${otherwise ? voice.value(otherwise, scope) : 'nothing'})`
}
