/** A token of SQL. `text` is as written; for identifiers and strings `value` is what is inside the quotes. */
export type Token = {
  kind: 'word' | 'identifier' | 'string' | 'number' | 'blob' | 'parameter' | 'operator' | 'comment' | 'illegal'
  text: string
  value: string
  start: number
  end: number
}

// In the order in which SQLite's tokenizer looks (src/tokenize.c): every character from U+0080 on belongs to a word, a
// comment that is not closed goes on to the end, and so does an unclosed quote, which is illegal.
const patterns: [Token['kind'], RegExp][] = [
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /'(?:[^']|'')*'/y],
  ['identifier', /"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y],
  ['blob', /[xX]'(?:[0-9a-fA-F]{2})*'/y],
  ['number', /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
  ['parameter', /\?\d*|[@:#$][A-Za-z0-9_$\u0080-\uffff]+/y],
  ['operator', /->>|->|\|\||<<|>>|<>|<=|>=|==|!=|[-+*/%=<>(),.;&|~]/y],
]

const space = /[ \t\n\f\r]+/y

/** Splits SQL into tokens exactly as SQLite does, comments included. What SQLite has no token for comes out as illegal. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < sql.length) {
    space.lastIndex = at
    if (space.test(sql)) at = space.lastIndex
    else {
      const token = tokenAt(sql, at)
      tokens.push(token)
      at = token.end
    }
  }
  return tokens
}

function tokenAt(sql: string, start: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start
    if (!pattern.test(sql)) continue
    const text = sql.slice(start, pattern.lastIndex)
    return { kind, text, value: unquoted(kind, text), start, end: pattern.lastIndex }
  }
  const end = /['"`[]/.test(sql.charAt(start)) ? sql.length : start + 1
  return { kind: 'illegal', text: sql.slice(start, end), value: '', start, end }
}

function unquoted(kind: Token['kind'], text: string): string {
  if (kind !== 'string' && kind !== 'identifier') return text
  const quote = text.charAt(0)
  const inner = text.slice(1, -1)
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote)
}

/** The tokens that count: all but comments. */
export function withoutComments(tokens: Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== 'comment')
}

/** Whether a token is this keyword or operator. A quoted name never is. */
export function isWord(token: Token | undefined, ...words: string[]): boolean {
  return (token?.kind === 'word' || token?.kind === 'operator') && words.includes(token.text.toUpperCase())
}
