/** What a person reads in a message, and which markup, links and mentions took effect in it. */
export type ReadMarkdown = { text: string; active: string[] }

/**
 * Reads Markdown as Discord's clients do: code first, then backslashes, then what else takes effect
 * (https://support.discord.com/hc/en-us/articles/210298617, https://docs.discord.com/developers/reference#message-formatting).
 */
export function readMarkdown(content: string): ReadMarkdown {
  const active: string[] = []
  let text = ''
  let rest = content
  let isLineStart = true
  while (rest) {
    const [rule, found] = firstRule(rest, isLineStart)
    if (rule.active) active.push(`${rule.active}: ${found[0].slice(0, 40)}`)
    text += rule.read(found)
    rest = rest.slice(found[0].length)
    isLineStart = found[0].endsWith('\n') || (isLineStart && /^\s*$/.test(found[0]))
  }
  return { text, active }
}

type Rule = {
  pattern: RegExp
  /** Null for what is plain text. */
  active: string | null
  read: (found: RegExpExecArray) => string
  onlyAtLineStart?: true
}

const inner = (found: RegExpExecArray) => found[1] ?? ''

/** In the order of precedence; the last takes any single character. */
const rules: Rule[] = [
  // A first word on the line of the fence is the language; blank lines at both ends are dropped.
  {
    pattern: /^```(?:[a-z0-9_+.#-]+\n)?\n*([^\n][\s\S]*?)\n*```/i,
    active: null,
    read: (found) => `\n${inner(found)}\n`,
  },
  { pattern: /^``([\s\S]*?[^`])``(?!`)/, active: 'code', read: inner },
  { pattern: /^`([^`]+)`/, active: 'code', read: inner },
  { pattern: /^\\([^0-9A-Za-z\s])/, active: null, read: inner },
  { pattern: /^@(?:everyone|here)/, active: 'mention', read: ([all]) => all },
  { pattern: /^<(?:@[!&]?|#)\d+>/, active: 'mention', read: ([all]) => all },
  { pattern: /^<t:-?\d+(?::[a-zA-Z])?>/, active: 'time stamp', read: ([all]) => all },
  { pattern: /^<a?:\w+:\d+>|^:[a-z0-9_+-]+:/i, active: 'emoji code', read: ([all]) => all },
  { pattern: /^\[([^\]]*)\]\(<?[a-z]+:[^)]*\)/i, active: 'link', read: inner },
  { pattern: /^https?:\/\/[^\s<]+/i, active: 'link', read: ([all]) => all },
  { pattern: /^\*\*([\s\S]+?)\*\*/, active: 'bold', read: inner },
  { pattern: /^__([\s\S]+?)__/, active: 'underline', read: inner },
  { pattern: /^~~([\s\S]+?)~~/, active: 'struck out', read: inner },
  { pattern: /^\|\|([\s\S]+?)\|\|/, active: 'spoiler', read: inner },
  { pattern: /^\*(?=\S)([^*\n]+?)\*/, active: 'italic', read: inner },
  { pattern: /^_(?=\S)([^_\n]+?)_(?!\w)/, active: 'italic', read: inner },
  { pattern: /^-# /, active: null, read: () => '', onlyAtLineStart: true },
  { pattern: /^#{1,3} /, active: 'heading', read: () => '', onlyAtLineStart: true },
  { pattern: /^>(?:>>)? /, active: 'quote', read: () => '', onlyAtLineStart: true },
  { pattern: /^(?:[-*]|\d+\.) /, active: 'list', read: () => '• ', onlyAtLineStart: true },
  { pattern: /^[\s\S]/u, active: null, read: ([all]) => all },
]

function firstRule(rest: string, isLineStart: boolean): [Rule, RegExpExecArray] {
  for (const rule of rules) {
    if (rule.onlyAtLineStart && !isLineStart) continue
    const found = rule.pattern.exec(rest)
    if (found) return [rule, found]
  }
  throw new Error('the last rule takes anything')
}
