import type { Expression } from '#databases/gate/query.ts'

/** Whether a condition holds whatever the row: WHERE 1, or 1 = 1. */
export function isTrue(condition: Expression): boolean {
  if (condition.kind === 'literal') return condition.value !== null && Number(condition.value) !== 0
  if (condition.kind !== 'compare' || condition.operator !== '=' || condition.negated) return false
  const { left, right } = condition
  return left.kind === 'literal' && right.kind === 'literal' && left.value !== null && left.value === right.value
}
