/**
 * The SQL in what a model wrote: out of a fenced block, from behind a sentence of introduction or a block of thoughts, without the
 * explanation after it. Null where there is none.
 */
export function extractSql(text: string): string | null {
  const spoken = text.replace(/<think>[\s\S]*?(?:<\/think>|$)/gi, '')
  const fenced = [...spoken.matchAll(/```[a-z]*[ \t]*\n?([\s\S]*?)(?:```|$)/gi)].map((match) => match[1] ?? '')
  for (const piece of [...fenced, spoken]) {
    const sql = queryIn(piece)
    if (sql) return sql
  }
  return null
}

function queryIn(text: string): string | null {
  const start =
    /(?:^|[\s(:>`"])(\(?\s*(?:SELECT\b|WITH\s+(?:RECURSIVE\s+)?["`\w]+\s*(?:\([^)]*\)\s*)?AS\b|VALUES\s*\())/i.exec(
      text,
    )
  if (!start?.[1]) return null
  const at = start.index + start[0].length - start[1].length
  const from = text[at - 1] === '`' ? (text.slice(at).split('`')[0] ?? '') : text.slice(at)
  // "Please select …" is prose.
  if (text.slice(0, at).trim() !== '' && !/\bFROM\b/i.test(from)) return null
  return withoutTail(from)
    .replace(/[\s;`]+$/, '')
    .trim()
}

/** Cuts at the end of the statement: a semicolon outside of quotes, or a blank line followed by prose. */
function withoutTail(sql: string): string {
  for (const match of sql.matchAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|(;|```|\n\s*\n(?=[A-Z][a-z]+ [a-z]|\*|#|Note|This|Explanation))/g,
  )) {
    if (match[1] !== undefined) return sql.slice(0, match.index)
  }
  return sql
}
