import type { Expression, Ordering } from '#databases/gate/query.ts'
import { aliased, isColumn, type QueryScope } from '../sql/query-scope.ts'
import { kindOf } from './value-kind.ts'
import type { Voice } from './voice.ts'

/**
 * What rows are sorted by: "total of amount, highest first, then name, A to Z". Empty where they are not. `resolve` gives
 * what a key means: in ORDER BY a name is an alias first and a number a column, inside a window neither.
 */
export function orderWords(voice: Voice, orderBy: Ordering[], scope: QueryScope, resolve = ordered): string {
  return orderBy
    .map(({ expression, descending }) => {
      const sorted = resolve(expression, scope)
      if (sorted.kind === 'call' && sorted.name === 'random') return 'chance'
      return `${voice.value(sorted, scope)}, ${direction(sorted, descending, scope)}`
    })
    .join(', then ')
}

/** ORDER BY 2 and ORDER BY alias mean items of the select list. */
function ordered(expression: Expression, scope: QueryScope): Expression {
  return aliased(expression, scope) ?? ordinal(expression, scope)
}

/** GROUP BY 1 and, where no column has the name, GROUP BY alias mean items of the select list. */
export function grouped(expression: Expression, scope: QueryScope): Expression {
  if (expression.kind === 'column' && isColumn(expression, scope)) return expression
  return ordered(expression, scope)
}

function ordinal(expression: Expression, scope: QueryScope): Expression {
  if (expression.kind !== 'literal' || typeof expression.value !== 'number') return expression
  return scope.items[expression.value - 1]?.expression ?? expression
}

function direction(expression: Expression, descending: boolean, scope: QueryScope): string {
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
