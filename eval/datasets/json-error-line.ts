/**
 * The line, counted from 1, on which a text stops being JSON; the last one where it only ends too early. V8 says where for some errors, and
 * only quotes what it found for others.
 */
export function jsonErrorLine(text: string): number {
  return text.slice(0, errorPosition(text)).split('\n').length
}

const BLANKS = /[ \t\r\n]*/y
const TOKEN =
  /(?<string>"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<other>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?!\w))|(?<mark>[[\]{},:])/uy

/** Which kinds of tokens may come next. */
const VALUE = ['string', 'other', '[', '{']
const ITEM_OR_END = [...VALUE, ']']
const KEY = ['string']
const KEY_OR_END = [...KEY, '}']
const COLON = [':']
const AFTER: Record<string, string[]> = { '[': [',', ']'], '{': [',', '}'], '': [] }

function errorPosition(text: string): number {
  const open: string[] = []
  let wanted = VALUE
  for (let at = 0; ; ) {
    BLANKS.lastIndex = at
    at += BLANKS.exec(text)?.[0].length ?? 0
    TOKEN.lastIndex = at
    const { 0: token = '', groups = {} }: Partial<RegExpExecArray> = TOKEN.exec(text) ?? {}
    const kind = groups.mark ?? (groups.string === undefined ? 'other' : 'string')
    if (token === '' || !wanted.includes(kind)) return at
    wanted = next(kind, wanted, open)
    at += token.length
  }
}

function next(kind: string, wanted: string[], open: string[]): string[] {
  switch (kind) {
    case '[':
    case '{':
      open.push(kind)
      return kind === '[' ? ITEM_OR_END : KEY_OR_END
    case ':':
      return VALUE
    case ',':
      return open.at(-1) === '[' ? VALUE : KEY
    case ']':
    case '}':
      open.pop()
      break
    case 'string':
      if (wanted === KEY || wanted === KEY_OR_END) return COLON
  }
  return AFTER[open.at(-1) ?? ''] ?? []
}
