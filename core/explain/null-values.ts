import type { Expression } from '#databases/gate/query.ts'
import { mayBeNull } from '../sql/may-be-null.ts'
import { columnOf, ownerOf, type QueryScope } from '../sql/query-scope.ts'

/** Whether a column, as a query reads it, may hold NULL. */
export function mayReadNull(expression: Expression, scope: QueryScope): boolean {
  const column = columnOf(expression, scope)
  if (!column || expression.kind !== 'column') return false
  const owner = ownerOf(expression, scope)
  return owner?.optional || mayBeNull(column, owner?.table)
}
