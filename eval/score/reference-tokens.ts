/** A piece of SQL as sqlparse cuts it; the reference scorer works on these. */
export type ReferenceToken = { kind: Kind; text: string }

type Kind = 'newline' | 'space' | 'comment' | 'block-comment' | 'name' | 'string' | 'word' | 'number' | 'sign'

// The rules of sqlparse's lexer, in its order, as far as they decide where a token ends; Python's \w and \b know all letters.
const LETTERS = '\\p{L}\\p{N}_'
const W = `[${LETTERS}]`
const LETTER = '[A-ZÀ-Ü]'
const rule = (kind: Kind, source: string): [Kind, RegExp] => [kind, new RegExp(source.replaceAll('\\w', W), 'iuy')]
const END = `(?!${W})`
const RULES: [Kind, RegExp][] = [
  rule('block-comment', '/\\*[^]*?\\*/'),
  rule('comment', '(?:--|# )[^\\n]*?(?:\\r\\n|\\r|\\n|$)'),
  rule('newline', '\\r\\n|\\r|\\n'),
  rule('space', '\\s'),
  rule('sign', ':=|::|\\*'),
  rule('name', '`(?:``|[^`])*`|´(?:´´|[^´])*´'),
  rule('name', '\\?|%(?:\\(\\w+\\))?s|(?<!\\w)[$:?]\\w+|\\\\\\w+'),
  rule('word', `(?:CASE|IN|VALUES|USING|FROM|AS)${END}`),
  rule('name', `(?:@|##|#)${LETTER}\\w+`),
  rule('name', `${LETTER}\\w*(?=\\s*\\.(?!\\d))|(?<=\\.)${LETTER}\\w*|${LETTER}\\w*(?=\\()`),
  rule('number', '-?0x[\\dA-F]+|-?\\d+(?:\\.\\d+)?E-?\\d+'),
  rule('number', `(?![_A-ZÀ-Ü])-?(?:\\d+\\.\\d*|\\.\\d+)(?!_|${LETTER})|(?![_A-ZÀ-Ü])-?\\d+(?!_|${LETTER})`),
  rule('string', `'(?:''|\\\\'|[^'])*'|"(?:""|\\\\"|[^"])*"`),
  rule('name', `(?<![${LETTERS}\\])])\\[[^\\]\\[]+\\]`),
  rule(
    'word',
    `(?:(?:(?:LEFT|RIGHT|FULL)\\s+)?(?:(?:INNER|OUTER|STRAIGHT)\\s+)?|(?:(?:CROSS|NATURAL)\\s+)?)JOIN${END}`,
  ),
  rule('word', `END(?:\\s+(?:IF|LOOP|WHILE|FOR|CASE))?${END}|IF\\s+(?:NOT\\s+)?EXISTS${END}|NOT\\s+NULL${END}`),
  rule('word', `(?:ASC|DESC)(?:\\s+NULLS\\s+(?:FIRST|LAST))?${END}|NULLS\\s+(?:FIRST|LAST)${END}|UNION\\s+ALL${END}`),
  rule('word', `(?:GROUP|ORDER)\\s+BY${END}|PRIMARY\\s+KEY${END}|GO\\s\\d+${END}`),
  rule('sign', `(?:NOT\\s+)?(?:LIKE|ILIKE|RLIKE)${END}|(?:NOT\\s+)?REGEXP(?:\\s+BINARY)?${END}`),
  rule('word', `\\w[$#${LETTERS}]*`),
  rule('sign', '[;:()\\[\\],.]|->>?|#>>?|@>|<@|\\?\\|?|\\?&|-|#-|[<>=~!]+|[+/@#%^&|-]+'),
]

/** The tokens of the first statement, with the semicolon and the blanks and line comments that follow it: what the reference reads. */
export function firstStatement(sql: string): ReferenceToken[] {
  const kept: ReferenceToken[] = []
  let depth = 0
  let ended = false
  for (const token of referenceTokens(sql)) {
    if (ended && token.kind !== 'space' && token.kind !== 'comment') break
    kept.push(token)
    depth += depthChange(token)
    ended ||= (token.text === ';' && depth <= 0) || (token.kind === 'word' && /^GO\b/.test(token.text))
  }
  return kept
}

function depthChange({ kind, text }: ReferenceToken): number {
  if (text === '(') return 1
  return text === ')' || (kind === 'word' && text.toUpperCase() === 'END') ? -1 : 0
}

function referenceTokens(sql: string): ReferenceToken[] {
  const tokens: ReferenceToken[] = []
  for (let at = 0; at < sql.length; at += tokens.at(-1)?.text.length ?? 1) tokens.push(tokenAt(sql, at))
  return tokens
}

function tokenAt(sql: string, at: number): ReferenceToken {
  for (const [kind, pattern] of RULES) {
    pattern.lastIndex = at
    const text = pattern.exec(sql)?.[0]
    if (text) return { kind, text }
  }
  return { kind: 'sign', text: String.fromCodePoint(sql.codePointAt(at) ?? 0) }
}
