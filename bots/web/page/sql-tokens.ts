export type SqlToken = { kind: 'keyword' | 'string' | 'number' | 'comment' | 'plain'; text: string }

const keywords = new Set(
  'select from where group by having order limit offset join left right inner outer cross full on using as and or not in is null like glob between exists case when then else end distinct union all except intersect with recursive values asc desc over partition window filter cast collate escape nulls first last'.split(
    ' ',
  ),
)

const pattern =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$))|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<other>[\s\S])/gu

/** The pieces of a SQL text, for colouring; unfinished SQL is fine. Joined they give the text again. */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = []
  for (const { groups = {}, 0: text } of sql.matchAll(pattern)) {
    const kind = kindOf(groups)
    const last = tokens.at(-1)
    if (kind === 'plain' && last?.kind === 'plain') last.text += text
    else tokens.push({ kind, text })
  }
  return tokens
}

function kindOf(groups: Record<string, string | undefined>): SqlToken['kind'] {
  if (groups.comment) return 'comment'
  if (groups.string) return 'string'
  if (groups.number) return 'number'
  return groups.word && keywords.has(groups.word.toLowerCase()) ? 'keyword' : 'plain'
}

const clause = /^(?:from|where|group|having|order|limit|union|except|intersect)$/i
const join = /^(?:left|right|inner|cross|full|join)$/i

/** SQL on one line as one line per clause; SQL that has lines of its own stays as it is. */
export function layOutSql(sql: string): string {
  if (sql.trim().includes('\n')) return sql.trim()
  let depth = 0
  let previous = ''
  let text = ''
  for (const token of tokenizeSql(sql.trim())) {
    const starts = token.kind === 'keyword' && depth === 0 && breaksBefore(token.text, previous)
    text = starts ? `${text.trimEnd()}\n${join.test(token.text) ? '  ' : ''}${token.text}` : text + token.text
    if (token.kind === 'plain') depth += count(token.text, '(') - count(token.text, ')')
    if (token.text.trim()) previous = token.kind === 'keyword' ? token.text : ''
  }
  return text
}

function breaksBefore(word: string, previous: string): boolean {
  if (join.test(word)) return !join.test(previous) && !/^outer$/i.test(previous)
  return clause.test(word)
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
