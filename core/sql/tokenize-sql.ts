/** A token of SQL text. `name` is its text without quotes (names and strings), in the case it was written in. */
export type Token = {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol'
  text: string
  name: string
  start: number
  end: number
}

/** Splits SQL into tokens; comments and blanks fall away, and text that is no SQL comes out as symbols. Never throws. */
export function tokenizeSql(sql: string): Token[] {
  return [...sql.matchAll(TOKEN)].flatMap((match) => {
    const kind = KINDS.find((one) => match.groups?.[one] !== undefined)
    if (!kind) return []
    return [
      { kind, text: match[0], name: unquoted(match[0], kind), start: match.index, end: match.index + match[0].length },
    ]
  })
}

/** Whether a token is this keyword (given in capitals), in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word
}

const KINDS = ['word', 'quoted', 'string', 'number', 'symbol'] as const

const TOKEN = new RegExp(
  [
    String.raw`--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`,
    "(?<string>[xX]?'(?:[^']|'')*(?:'|$))",
    '(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\\[[^\\]]*\\])',
    String.raw`(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    '(?<symbol><>|<=|>=|!=|==|\\|\\||\\S)',
  ].join('|'),
  'gu',
)

function unquoted(text: string, kind: Token['kind']): string {
  if (kind !== 'quoted' && kind !== 'string') return text
  const open = text[0] ?? ''
  const inner = text.slice(1, -1)
  return open === '[' ? inner : inner.replaceAll(open + open, open)
}

/** The texts and numbers that SQL holds, in their order. */
export function literalsOf(sql: string): string[] {
  return tokenizeSql(sql).flatMap((token) => (isLiteral(token) ? [token.name] : []))
}

export function isLiteral({ kind }: Token): boolean {
  return kind === 'string' || kind === 'number'
}
