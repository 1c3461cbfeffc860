/**
 * "How many customers have more than 20 orders" asks for one number, and a small model counts within each group instead of counting the
 * groups. The query that counts them; null where the question or the query is of another kind.
 */
export function countGroups(sql: string, question: string): string | null {
  if (!/^\s*how many\b/i.test(question) || /\b(?:per|each|every|by)\b/i.test(question)) return null
  const found = /^\s*SELECT\s+count\s*\([^()]*\)\s+(FROM\b.*\bGROUP\s+BY\b.*\bHAVING\b.*)$/is.exec(sql)
  const rest = found?.[1]
  if (!rest || /\b(?:UNION|INTERSECT|EXCEPT|ORDER|LIMIT|OVER)\b/i.test(rest)) return null
  return `SELECT count(*) FROM (SELECT 1 ${rest.trim()})`
}
