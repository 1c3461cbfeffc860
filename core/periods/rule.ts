import type { Clock } from './clock.ts'
import type { Span } from './span.ts'

/**
 * What reading needs besides the words: the clock, the period named before, which "the week before" refers to, and what
 * has been read already, by offset.
 */
export type Context = Clock & { previous: Span | null; readings: Map<number, Reading | null> }

/** A period read from a text: what it spans and the offset behind its last word. */
export type Reading = { span: Span; end: number }

/** One way to name a period. `read` gives null where the words match but mean no period (31 February). */
export type Rule = { pattern: RegExp; read: (words: Words, context: Context) => Span | null }

/** The named groups of a match, in lower case with single spaces. */
export type Words = Record<string, string | undefined>

/** A rule from a pattern in which a blank stands for any white space; it ends at the end of a word. */
export function rule(source: string, read: Rule['read']): Rule {
  return { pattern: phrase(source), read }
}

export function phrase(source: string): RegExp {
  return new RegExp(`(?:${source.replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}_])`, 'iuy')
}

/** Matches a pattern of `phrase` exactly at an offset. */
export function matchAt(pattern: RegExp, text: string, at: number): { words: Words; end: number } | null {
  pattern.lastIndex = at
  const match = pattern.exec(text)
  if (!match) return null
  const words = Object.entries(match.groups ?? {}).map(([name, value]) => [
    name,
    value?.toLowerCase().replace(/\s+/g, ' ').replaceAll('’', "'"),
  ])
  return { words: Object.fromEntries(words), end: at + match[0].length }
}

/** The offset of the next word; a gap of more than a line's worth of blanks ends a phrase. */
export function skipSpace(text: string, at: number): number {
  return at + (/^\s*/.exec(text.slice(at, at + 20))?.[0].length ?? 0)
}
