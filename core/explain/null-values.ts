import type { Expression } from '#databases/gate/query.ts'
import { columnOf, ownerOf, type QueryScope } from '../sql/query-scope.ts'

/** Whether a column may hold NULL, as far as the schema says. */
export function mayBeNull(expression: Expression, scope: QueryScope): boolean {
  const column = columnOf(expression, scope)
  if (!column || expression.kind !== 'column') return false
  const owner = ownerOf(expression, scope)
  return owner?.optional || (!column.notNull && !owner?.table?.primaryKey.includes(column.name))
}
