/** The texts that a query compares with, which a question must keep as they are. */
export function textsOf(sql: string): string[] {
  return [...sql.matchAll(/'((?:[^']|'')+)'/g)].map(([, text]) => (text ?? '').replace(/^%|%$/g, ''))
}
