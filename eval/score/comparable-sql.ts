/**
 * SQL as Spider's reference scorer runs it: comparison operators that were split by a space are joined (`postprocess`), and DISTINCT is
 * dropped outside of quoted text (`remove_distinct`), so that a superfluous or missing DISTINCT does not count.
 */
export function comparableSql(sql: string): string {
  const joined = sql.replaceAll('> =', '>=').replaceAll('< =', '<=').replaceAll('! =', '!=')
  return joined.replace(QUOTED_OR_DISTINCT, (token) => (token.toLowerCase() === 'distinct' ? '' : token))
}

const QUOTED_OR_DISTINCT = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\bdistinct\b/gi
