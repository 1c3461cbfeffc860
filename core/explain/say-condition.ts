import type { Expression } from '#databases/gate/query.ts'
import { plainText } from '../format/plain-text.ts'
import type { QueryScope } from '../sql/query-scope.ts'
import { mayReadNull } from './null-values.ts'
import { sayBetween, sayComparison } from './say-comparison.ts'
import { sayExists, sayInQuery } from './say-membership.ts'
import { sayBeside } from './say-value.ts'
import { isTrue } from './truth.ts'
import { listed, type Voice } from './voice.ts'

/** A condition as a clause: "status is 'paid'", "phone has no value". */
export function sayCondition(voice: Voice, condition: Expression, scope: QueryScope): string {
  const quiet = voice.quiet()
  switch (condition.kind) {
    case 'and':
      return listed(condition.parts.map((part) => bracketed(quiet, part, scope)))
    case 'or':
      return listed(
        condition.parts.map((part) => bracketed(quiet, part, scope)),
        'or',
      )
    case 'not':
      return `it is not true that ${bracketed(quiet, condition.of, scope)}`
    case 'compare':
      return sayComparison(quiet, condition, scope) + withoutNulls(condition, scope)
    case 'between':
      return sayBetween(quiet, condition, scope) + withoutNulls(condition, scope)
    case 'is-null':
      return `${quiet.value(condition.of, scope)} has ${condition.negated ? 'a' : 'no'} value`
    case 'in':
      return sayIn(quiet, condition, scope)
    case 'exists':
      return sayExists(quiet, condition, scope)
    case 'literal':
      return isTrue(condition) ? 'anything holds' : 'nothing holds'
    default:
      return sayTruth(quiet.value(condition, scope))
  }
}

function sayTruth(words: string): string {
  return words.startsWith('whether ') ? words.slice('whether '.length) : `${words} is true`
}

/** A part of a larger condition, in brackets where "and" and "or" would mix. */
function bracketed(voice: Voice, part: Expression, scope: QueryScope): string {
  const words = voice.condition(part, scope)
  return part.kind === 'or' || part.kind === 'and' ? `(${words})` : words
}

/** Says where "is not" drops rows that have no value at all, which few people expect. */
function withoutNulls(condition: Expression & { kind: 'compare' | 'between' | 'in' }, scope: QueryScope): string {
  const subject = condition.kind === 'compare' ? condition.left : condition.of
  const rejects = condition.kind === 'compare' && condition.operator === '<>' ? !condition.negated : condition.negated
  const isPlain = condition.kind !== 'compare' || condition.operator !== 'is'
  return rejects && isPlain && mayReadNull(subject, scope) ? ' (rows without a value there are left out too)' : ''
}

function sayIn(voice: Voice, condition: Expression & { kind: 'in' }, scope: QueryScope): string {
  const { of, values, query, table, negated } = condition
  if (query) return sayInQuery(voice, condition, query, scope)
  const subject = voice.value(of, scope)
  if (table) return `${subject} is ${negated ? 'not ' : ''}in the table ${plainText(table)}`
  if (values.length === 0) return negated ? 'anything holds' : 'nothing holds'
  const words = values.map((value) => sayBeside(voice, value, of, scope))
  const isNever = negated && values.some((value) => value.kind === 'literal' && value.value === null)
  if (isNever) return `${subject} is none of ${listed(words, 'or')} (which is never so, since one of them is no value)`
  const choice = values.length === 1 ? words.join('') : `${negated ? 'none' : 'one'} of ${listed(words, 'or')}`
  const verb = negated && values.length === 1 ? 'is not' : 'is'
  return `${subject} ${verb} ${choice}${withoutNulls(condition, scope)}`
}
