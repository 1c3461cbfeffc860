import { firstStatement } from './reference-tokens.ts'

/**
 * SQL as Spider's reference scorer runs it: comparison operators that were split by a space are joined (`postprocess`), and DISTINCT is
 * dropped outside of quoted text (`remove_distinct`), so that a superfluous or missing DISTINCT does not count. With `keepDistinct` it
 * stays; then what follows the first statement stays as well, and fails.
 */
export function comparableSql(sql: string, { keepDistinct = false } = {}): string {
  const joined = sql.replaceAll('> =', '>=').replaceAll('< =', '<=').replaceAll('! =', '!=')
  if (keepDistinct) return joined
  return firstStatement(joined)
    .map(({ text }) => (text.toLowerCase() === 'distinct' ? '' : text))
    .join('')
}

/** True if the order of the rows counts: "order by" stands anywhere in the gold text, in a subquery too. */
export function orderCounts(comparableGold: string): boolean {
  return comparableGold.toLowerCase().includes('order by')
}
