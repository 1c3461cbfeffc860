import type { Expression } from '#databases/gate/query.ts'
import type { Table } from '#databases/schema/schema.ts'
import { ownerOf, type QueryScope, type ScopedSource, same } from './query-scope.ts'

/** Two columns of different sources that must be equal: what joins the sources. */
export type KeyLink = { left: LinkedColumn; right: LinkedColumn }
export type LinkedColumn = { expression: Expression; owner: ScopedSource; name: string }

/** The link that a condition is; null where it is no equality of columns of two sources. */
export function linkOf(condition: Expression, scope: QueryScope): KeyLink | null {
  if (condition.kind !== 'compare' || condition.operator !== '=' || condition.negated) return null
  const [left, right] = [condition.left, condition.right].map((side) => linked(side, scope))
  return left && right && left.owner !== right.owner ? { left, right } : null
}

/** The column by which a foreign key ties the two: customer_id for orders and customers. Null where none does. */
export function foreignKeyColumn({ left, right }: KeyLink): string | null {
  return refers(left, right) ? left.name : refers(right, left) ? right.name : null
}

/** Whether a column alone tells the rows of its table apart. */
export function isUnique(table: Table | null, column: string): boolean {
  const keys = table ? [table.primaryKey, ...table.uniqueKeys] : []
  return keys.some((key) => key.length === 1 && same(key[0] ?? '', column))
}

function linked(expression: Expression, scope: QueryScope): LinkedColumn | null {
  if (expression.kind !== 'column') return null
  const owner = ownerOf(expression, scope)
  return owner && { expression, owner, name: expression.name }
}

function refers(from: LinkedColumn, to: LinkedColumn): boolean {
  const target = to.owner.table
  return (from.owner.table?.foreignKeys ?? []).some(({ columns, references }) => {
    const index = columns.findIndex((column) => same(column, from.name))
    return (
      index >= 0 &&
      target !== null &&
      same(references.table, target.name) &&
      same(references.columns[index] ?? '', to.name)
    )
  })
}
