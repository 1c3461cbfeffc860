import type { Expression, Ordering } from '#databases/gate/query.ts'
import { aliased, type Scope } from './scope.ts'
import { kindOf } from './value-kind.ts'
import type { Voice } from './voice.ts'

/** What rows are sorted by: "total of amount, highest first, then name, A to Z". Empty where they are not. */
export function orderWords(voice: Voice, orderBy: Ordering[], scope: Scope): string {
  return orderBy
    .map(({ expression, descending }) => {
      const sorted = ordered(expression, scope)
      if (sorted.kind === 'call' && sorted.name === 'random') return 'chance'
      return `${voice.value(sorted, scope)}, ${direction(sorted, descending, scope)}`
    })
    .join(', then ')
}

/** ORDER BY 2 and ORDER BY alias mean items of the select list. */
export function ordered(expression: Expression, scope: Scope): Expression {
  return aliased(expression, scope) ?? ordinal(expression, scope)
}

function ordinal(expression: Expression, scope: Scope): Expression {
  if (expression.kind !== 'literal' || typeof expression.value !== 'number') return expression
  return scope.items[expression.value - 1]?.expression ?? expression
}

function direction(expression: Expression, descending: boolean, scope: Scope): string {
  switch (kindOf(expression, scope)) {
    case 'integer':
    case 'number':
      return descending ? 'highest first' : 'lowest first'
    case 'date':
      return descending ? 'latest first' : 'earliest first'
    case 'text':
      return descending ? 'Z to A' : 'A to Z'
    default:
      return descending ? 'in descending order' : 'in ascending order'
  }
}
