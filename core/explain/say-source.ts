import { conjuncts, type Expression, type Join, type Select, type Source } from '#databases/gate/query.ts'
import { humanName } from '../format/human-name.ts'
import { foreignKeyColumn, type KeyLink, linkOf } from './key-link.ts'
import { flatten, type Scope, type ScopedSource } from './scope.ts'
import { listed, type Voice } from './voice.ts'

/**
 * The sources of a query in words: "orders joined with customers by customer id". `links` are what ties them together,
 * `rest` the conditions that were not said here.
 */
export type SourceWords = { words: string; links: KeyLink[]; rest: Expression[] }

export function saySources(voice: Voice, { from, where }: Pick<Select, 'from' | 'where'>, scope: Scope): SourceWords {
  const joined = from.flatMap(withJoin)
  const links: KeyLink[] = []
  let rest = conjuncts(where)
  const phrases = joined.map(({ source, join }, index) => {
    const words = sourceWords(voice, source, scope.sources[index], scope)
    if (index === 0) return words
    const known = scope.sources.slice(0, index)
    const isTie = (condition: Expression) => ties(condition, scope.sources[index], known, scope)
    // Where the join itself says nothing, a condition of WHERE may tie its tables.
    const conditions = isOpen(join) ? rest.filter(isTie) : conjuncts(join?.on ?? null)
    rest = rest.filter((condition) => !conditions.includes(condition))
    const tied = conditions.filter(isTie).flatMap((condition) => linkOf(condition, scope) ?? [])
    links.push(...tied)
    const extra = conditions.filter((condition) => !isTie(condition))
    const isOuter = join?.type === 'left' || join?.type === 'right' || join?.type === 'full'
    if (!isOuter) rest.push(...extra)
    const only = isOuter ? extra.map((condition) => voice.quiet().condition(condition, scope)) : []
    return joinWords(words, { by: [...tied.map(tieWords), ...sharedWords(join)], only, join, known })
  })
  return { words: phrases.join(''), links, rest }
}

function isOpen(join: Join | null): boolean {
  return join === null || (!join.on && !join.natural && join.using.length === 0)
}

function withJoin(source: Source): { source: Source; join: Join | null }[] {
  const flat = flatten(source)
  return flat.map((one, index) => ({ source: one, join: index === 0 ? source.join : one.join }))
}

function sourceWords(voice: Voice, source: Source, own: ScopedSource | undefined, scope: Scope): string {
  if (source.kind === 'query') {
    const name = source.alias ? `the intermediate result ${humanName(source.alias)}` : 'the intermediate result'
    return `${name} (${voice.rows(source.query, scope.outer ?? EMPTY)})`
  }
  if (source.kind === 'function') {
    return `the list that ${source.name} makes of ${listed(source.args.map((arg) => voice.value(arg, scope)))}`
  }
  return own?.words ?? ''
}

export const EMPTY: Scope = { sources: [], outer: null, items: [] }

function ties(condition: Expression, own: ScopedSource | undefined, known: ScopedSource[], scope: Scope): boolean {
  const link = linkOf(condition, scope)
  if (!link) return false
  const owners = [link.left.owner, link.right.owner]
  return owners.some((owner) => owner === own) && owners.some((owner) => known.includes(owner))
}

/** "by customer id" for a declared or guessed key; anything else is spelt out, for it may be a mistake. */
function tieWords(link: KeyLink): string {
  const { left, right } = link
  const key = left.owner.table === right.owner.table ? null : foreignKeyColumn(link)
  if (key) return `by ${humanName(key)}`
  return `where ${humanName(left.name)} of ${left.owner.words} equals ${humanName(right.name)} of ${right.owner.words}`
}

function sharedWords(join: Join | null): string[] {
  if (join?.natural) return ['where all columns of the same name are equal']
  return (join?.using ?? []).map((column) => `where ${humanName(column)} is the same`)
}

type JoinParts = { by: string[]; only: string[]; join: Join | null; known: ScopedSource[] }

function joinWords(words: string, { by, only, join, known }: JoinParts): string {
  const keys = by.length > 0 ? ` ${listed(by)}` : ''
  const matched = keys.startsWith(' where') ? ` (${keys.trim()})` : keys
  const limited = only.length > 0 ? ` and only where ${listed(only)}` : ''
  const before = listed(known.map((source) => source.words))
  switch (join?.type ?? 'inner') {
    case 'left':
      return ` and, where there are any, their ${words}${matched}${limited} (${before} without any are kept)`
    case 'right':
      return ` joined with ${words}${matched}${limited} (${words} without a match are kept)`
    case 'full':
      return ` joined with ${words}${matched}${limited} (what has no match on either side is kept)`
    default:
      return matched
        ? ` ${known.length > 1 ? 'and with' : 'joined with'} ${words}${matched}`
        : ` combined with every row of ${words}`
  }
}
