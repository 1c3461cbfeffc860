import type { Expression } from '#databases/gate/query.ts'
import { columnOf, ownerOf, type Scope } from './scope.ts'

/** Whether a column may hold NULL, as far as the schema says. */
export function mayBeNull(expression: Expression, scope: Scope): boolean {
  const column = columnOf(expression, scope)
  if (!column || expression.kind !== 'column') return false
  return !column.notNull && !ownerOf(expression, scope)?.table?.primaryKey.includes(column.name)
}
