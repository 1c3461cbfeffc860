import type { ComparisonOperator, Expression } from '#databases/gate/query.ts'
import { plainText } from '../format/plain-text.ts'
import { columnOf, type QueryScope } from '../sql/query-scope.ts'
import { momentOf } from './date-words.ts'
import { sayDateComparison, sayDateRange } from './say-date-range.ts'
import { sayBeside } from './say-value.ts'
import { kindOf } from './value-kind.ts'
import type { Voice } from './voice.ts'

type Comparison = Expression & { kind: 'compare' }

/** "age is at least 18", "name contains 'ann'", "price is more than the average of price in products". */
export function sayComparison(voice: Voice, comparison: Comparison, scope: QueryScope): string {
  const { left, right, operator, negated } = facing(comparison)
  const subject = voice.value(left, scope)
  if (operator === 'like') return sayLike(voice, subject, right, negated, scope)
  if (operator === 'is') return sayIs(voice, subject, left, right, negated, scope)
  const value = sayBeside(voice, right, left, scope)
  const isMoment = right.kind === 'literal' && momentOf(right.value, columnOf(left, scope), voice.timeZone) !== null
  if (isMoment && isOrder(operator)) return sayDateComparison(voice, { left, right, operator }, scope)
  const words =
    (operator === '=' || operator === '<>') && right.kind !== 'literal'
      ? EQUALITY[operator]
      : verb(operator, left, right, scope)
  return `${subject} ${negated ? `does not (${words})` : words} ${value}`
}

/** "price is between 5 and 10", both included. */
export function sayBetween(
  voice: Voice,
  { of, low, high, negated }: Expression & { kind: 'between' },
  scope: QueryScope,
): string {
  const range = sayDateRange(voice, { of, low, high, includesLow: true, includesHigh: true }, scope)
  if (range) return negated ? `it is not true that ${range}` : range
  const [from, to] = [low, high].map((bound) => sayBeside(voice, bound, of, scope))
  return `${voice.value(of, scope)} is ${negated ? 'not ' : ''}between ${from} and ${to}`
}

const OPPOSITE = { '=': '<>', '<>': '=', '<': '>=', '>=': '<', '>': '<=', '<=': '>' } as const
const FLIPPED = { '=': '=', '<>': '<>', '<': '>', '>': '<', '<=': '>=', '>=': '<=' } as const

function isOrder(operator: ComparisonOperator): operator is keyof typeof OPPOSITE {
  return operator in OPPOSITE
}

/** The value on the right ("5 < age" turned round) and the negation in the operator. */
export function facing(comparison: Comparison): Comparison {
  const { operator, left, right, negated } = comparison
  if (!isOrder(operator)) return comparison
  const settled = negated ? OPPOSITE[operator] : operator
  const turns = left.kind === 'literal' && right.kind !== 'literal'
  return turns
    ? { ...comparison, negated: false, operator: FLIPPED[settled], left: right, right: left }
    : { ...comparison, negated: false, operator: settled }
}

const EQUALITY = { '=': 'equals', '<>': 'differs from' }
const VERBS = new Map<ComparisonOperator, string>([
  ['=', 'is'],
  ['<>', 'is not'],
  ['<', 'is less than'],
  ['<=', 'is at most'],
  ['>', 'is more than'],
  ['>=', 'is at least'],
  ['glob', 'matches the pattern'],
  ['match', 'matches the search'],
  ['regexp', 'matches the regular expression'],
])
const DATE_VERBS = new Map<ComparisonOperator, string>([
  ['<', 'is before'],
  ['<=', 'is on or before'],
  ['>', 'is after'],
  ['>=', 'is on or after'],
])
const TEXT_VERBS = new Map<ComparisonOperator, string>([
  ['<', 'comes in the alphabet before'],
  ['<=', 'comes in the alphabet not after'],
  ['>', 'comes in the alphabet after'],
  ['>=', 'comes in the alphabet not before'],
])

function verb(operator: ComparisonOperator, left: Expression, right: Expression, scope: QueryScope): string {
  const kinds = [kindOf(left, scope), kindOf(right, scope)]
  const special = kinds.includes('date') ? DATE_VERBS : kinds.every((kind) => kind === 'text') ? TEXT_VERBS : null
  return special?.get(operator) ?? VERBS.get(operator) ?? operator
}

/** IS takes having no value for a value. */
function sayIs(
  voice: Voice,
  subject: string,
  left: Expression,
  right: Expression,
  negated: boolean,
  scope: QueryScope,
): string {
  if (right.kind === 'literal' && right.value === null) return `${subject} has ${negated ? 'a' : 'no'} value`
  const value = sayBeside(voice, right, left, scope)
  const note = negated || right.kind !== 'literal' ? ' (having no value counts as a value)' : ''
  return `${subject} ${negated ? 'is not' : 'is'} ${value}${note}`
}

function sayLike(voice: Voice, subject: string, right: Expression, negated: boolean, scope: QueryScope): string {
  const not = (positive: string, negative: string) => (negated ? negative : positive)
  if (right.kind !== 'literal' || typeof right.value !== 'string') {
    return `${subject} ${not('matches', 'does not match')} the pattern ${voice.value(right, scope)}`
  }
  const [, before, text = '', after] = /^(%*)(.*?)(%*)$/s.exec(right.value) ?? []
  const quoted = `'${plainText(text)}'`
  if (voice.escapes || /[%_]/.test(text)) {
    const legend = voice.escapes ? '' : ' (% stands for any text, _ for one character)'
    return `${subject} ${not('matches', 'does not match')} the pattern '${plainText(right.value)}'${legend}`
  }
  if (text === '')
    return right.value === ''
      ? `${subject} ${not('is', 'is not')} the empty text`
      : `${subject} ${not('is any text', 'has no value')}`
  if (before && after) return `${subject} ${not('contains', 'does not contain')} ${quoted}`
  if (after) return `${subject} ${not('starts with', 'does not start with')} ${quoted}`
  if (before) return `${subject} ${not('ends with', 'does not end with')} ${quoted}`
  return `${subject} ${not('is', 'is not')} ${quoted} (upper and lower case alike)`
}
