import type { Expression } from '#databases/gate/query.ts'
import { ownerOf, type QueryScope } from '../sql/query-scope.ts'
import { facing } from './say-comparison.ts'
import { sayDateRange } from './say-date-range.ts'
import { isTrue } from './truth.ts'
import type { Voice } from './voice.ts'

/** The conditions that must all hold, one clause each; the two ends of a range of dates become one. */
export function sayConjuncts(voice: Voice, conditions: Expression[], scope: QueryScope): string[] {
  const said = new Set<Expression>()
  return conditions.flatMap((condition) => {
    if (said.has(condition) || isTrue(condition)) return []
    const range = rangeFrom(voice, condition, conditions, scope)
    for (const part of range?.parts ?? [condition]) said.add(part)
    return [range?.words ?? sayMissing(condition, scope) ?? bracketedOr(voice, condition, scope)]
  })
}

function bracketedOr(voice: Voice, condition: Expression, scope: QueryScope): string {
  const words = voice.condition(condition, scope)
  return condition.kind === 'or' ? `(${words})` : words
}

/** What a LEFT JOIN found no row for: "orders has no row for it". */
function sayMissing(condition: Expression, scope: QueryScope): string | null {
  if (condition.kind !== 'is-null' || condition.negated || condition.of.kind !== 'column') return null
  const { of } = condition
  const owner = ownerOf(of, scope)
  const column = owner?.table?.columns.find(({ name }) => name.toLowerCase() === of.name.toLowerCase())
  const isNeverEmpty = column?.notNull || (column && owner?.table?.primaryKey.includes(column.name))
  return owner?.optional && isNeverEmpty ? `${owner.words} has no row for it` : null
}

type Range = { words: string; parts: Expression[] }

function rangeFrom(voice: Voice, first: Expression, conditions: Expression[], scope: QueryScope): Range | null {
  const one = bound(first)
  if (!one) return null
  for (const second of conditions) {
    const other = second === first ? null : bound(second)
    if (!other || other.isLow === one.isLow || voice.value(one.of, scope) !== voice.value(other.of, scope)) continue
    const [low, high] = one.isLow ? [one, other] : [other, one]
    const includes = { includesLow: low.operator === '>=', includesHigh: high.operator === '<=' }
    const words = sayDateRange(voice, { of: one.of, low: low.value, high: high.value, ...includes }, scope)
    if (words) return { words, parts: [first, second] }
  }
  return null
}

function bound(condition: Expression) {
  if (condition.kind !== 'compare') return null
  const { operator, left, right, negated } = facing(condition)
  const isBound = operator === '<' || operator === '<=' || operator === '>' || operator === '>='
  return isBound && !negated ? { of: left, value: right, operator, isLow: operator.startsWith('>') } : null
}
