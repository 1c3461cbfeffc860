import { conjuncts, type Expression, type Join, type Select, type Source } from '#databases/gate/query.ts'
import { humanName } from '../format/human-name.ts'
import { foreignKeyColumn, type KeyLink, linkOf } from '../sql/key-link.ts'
import { flatten, type QueryScope, type ScopedSource } from '../sql/query-scope.ts'
import { listed, type Voice } from './voice.ts'

/**
 * The sources of a query in words: "orders joined with customers by customer id". `links` are what ties them together,
 * `rest` the conditions that were not said here.
 */
export type SourceWords = { words: string; links: KeyLink[]; rest: Expression[] }

export function saySources(
  voice: Voice,
  { from, where }: Pick<Select, 'from' | 'where'>,
  scope: QueryScope,
): SourceWords {
  const joined = from.flatMap(withJoin)
  const links: KeyLink[] = []
  // What an inner join asks for holds as well as WHERE does, so either may tie its tables, in any order.
  const inner = joined.filter(({ join }) => !isOuter(join)).flatMap(({ join }) => conjuncts(join?.on ?? null))
  let rest = [...conjuncts(where), ...inner]
  const phrases = joined.map(({ source, join }, index) => {
    const words = sourceWords(voice, source, scope.sources[index], scope)
    if (index === 0) return words
    const known = scope.sources.slice(0, index)
    const isTie = (condition: Expression) => ties(condition, scope.sources[index], known, scope)
    const own = isOuter(join) ? conjuncts(join?.on ?? null) : rest.filter(isTie)
    rest = rest.filter((condition) => !own.includes(condition))
    const tied = own.filter(isTie).flatMap((condition) => linkOf(condition, scope) ?? [])
    links.push(...tied)
    const only = own.filter((condition) => !isTie(condition)).map((one) => voice.quiet().condition(one, scope))
    return joinWords(words, { tied, only, join, known })
  })
  return { words: phrases.join(''), links, rest }
}

function isOuter(join: Join | null): boolean {
  return join?.type === 'left' || join?.type === 'right' || join?.type === 'full'
}

function withJoin(source: Source): { source: Source; join: Join | null }[] {
  const flat = flatten(source)
  return flat.map((one, index) => ({ source: one, join: index === 0 ? source.join : one.join }))
}

function sourceWords(voice: Voice, source: Source, own: ScopedSource | undefined, scope: QueryScope): string {
  if (source.kind === 'query') {
    const name = source.alias ? `the intermediate result ${humanName(source.alias)}` : 'the intermediate result'
    return `${name} (${voice.rows(source.query, scope.outer ?? EMPTY)})`
  }
  if (source.kind === 'function') {
    return `the list that ${source.name} makes of ${listed(source.args.map((arg) => voice.value(arg, scope)))}`
  }
  return own?.words ?? ''
}

export const EMPTY: QueryScope = { sources: [], outer: null, items: [] }

function ties(condition: Expression, own: ScopedSource | undefined, known: ScopedSource[], scope: QueryScope): boolean {
  const link = linkOf(condition, scope)
  if (!link) return false
  const owners = [link.left.owner, link.right.owner]
  return owners.some((owner) => owner === own) && owners.some((owner) => known.includes(owner))
}

type JoinParts = { tied: KeyLink[]; only: string[]; join: Join | null; known: ScopedSource[] }

function joinWords(words: string, { tied, only, join, known }: JoinParts): string {
  const matched = matchWords(tied, join)
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
      if (!matched) return ` combined with every row of ${words}`
      return ` ${known.length > 1 ? 'and with' : 'joined with'} ${words}${matched}`
  }
}

/** "by customer id" for a declared or guessed key; any other match is spelt out, for it may be a mistake. */
function matchWords(tied: KeyLink[], join: Join | null): string {
  const keys = tied.map((link) => humanKey(link)).filter((key) => key !== null)
  const spelt = tied.filter((link) => humanKey(link) === null).map(equalWords)
  const shared = join?.natural
    ? ['all columns of the same name are equal']
    : (join?.using ?? []).map((name) => `${humanName(name)} is the same`)
  const conditions = [...spelt, ...shared]
  const by = keys.length > 0 ? ` by ${listed(keys)}` : ''
  return conditions.length > 0 ? `${by} (where ${listed(conditions)})` : by
}

function humanKey(link: KeyLink): string | null {
  const key = link.left.owner.table === link.right.owner.table ? null : foreignKeyColumn(link)
  return key && humanName(key)
}

function equalWords({ left, right }: KeyLink): string {
  return `${humanName(left.name)} of ${left.owner.words} equals ${humanName(right.name)} of ${right.owner.words}`
}
