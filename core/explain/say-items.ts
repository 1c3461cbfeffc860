import { type Expression, operandsOf, type Select, type SelectItem } from '#databases/gate/query.ts'
import { humanName } from '../format/human-name.ts'
import { isUnique, type KeyLink } from '../sql/key-link.ts'
import { ownerOf, type QueryScope, same } from '../sql/query-scope.ts'
import { grouped } from './order-words.ts'
import { listed, type Voice } from './voice.ts'

/** The select list in words. `what` leaves out the keys, since "for each country" has named them. */
export type SelectedWords = { verb: string; what: string; keys: string; isAggregated: boolean }

/** With `named`, what has an alias is given its name, which the query around refers to. */
export function sayItems(
  voice: Voice,
  select: Select,
  scope: QueryScope,
  { links, named }: { links: KeyLink[]; named: boolean },
): SelectedWords {
  const { items, groupBy, distinct } = select
  const isAggregated =
    items.some(({ expression }) => hasAggregate(expression)) || (select.having !== null && groupBy.length === 0)
  const keys = groupBy.map((key) => grouped(key, scope))
  const keyWords = keys.map((key) => voice.value(key, scope))
  const shown = items
    .filter(({ expression }) => !keyWords.includes(voice.value(expression, scope)))
    .map(({ expression, alias }) => {
      const words = voice.value(expression, scope)
      return (
        words + looseNote(voice, { expression, select, keys, scope, links }) + (named ? aliasNote(alias, words) : '')
      )
    })
  const keyNotes = keyWords.map((words) => words + (named ? aliasNote(aliasOf(words, items, voice, scope), words) : ''))
  const isKeyHidden = groupBy.length > 0 && shown.length > 0 && shown.length === items.length
  const isDistinctList = distinct && groupBy.length === 0
  const once = distinct && groupBy.length > 0 && isKeyHidden ? ', each different row once' : ''
  const what = listed(isDistinctList ? [differentWords(shown)] : counted(shown)) + once
  return {
    verb: isAggregated ? verbFor(shown) : 'Lists',
    what: isKeyHidden && !named ? `${what} (without showing ${listed(keyWords)})` : what,
    keys: listed(keyNotes.map((words) => words.replace(/^the /, ''))),
    isAggregated,
  }
}

function aliasNote(alias: string | null, words: string): string {
  return alias !== null && humanName(alias) !== words ? ` (called ${humanName(alias)})` : ''
}

function aliasOf(words: string, items: SelectItem[], voice: Voice, scope: QueryScope): string | null {
  return items.find(({ expression }) => voice.value(expression, scope) === words)?.alias ?? null
}

type Loose = { expression: Expression; select: Select; keys: Expression[]; scope: QueryScope; links: KeyLink[] }

/** Says from where a column comes that is neither a key nor computed over the group: SQLite takes any row's. */
function looseNote(voice: Voice, { expression, select, keys, scope, links }: Loose): string {
  const aggregates = select.items.map((item) => item.expression).filter(hasAggregate)
  if (expression.kind !== 'column' || (keys.length === 0 && aggregates.length === 0)) return ''
  if (dependsOn(expression, keys, scope, links)) return ''
  const [only, ...others] = aggregates
  return only && others.length === 0 && isExtreme(only)
    ? ` (of the row with ${voice.value(only, scope)})`
    : ' (of any one of the rows)'
}

/** Most columns that are spelt out. */
const MOST_ITEMS = 15

function counted(words: string[]): string[] {
  const rest = words.length - MOST_ITEMS
  return rest > 1 ? [...words.slice(0, MOST_ITEMS), `${rest} more columns`] : words
}

function differentWords(words: string[]): string {
  if (words.length === 1)
    return words[0] === 'every column' ? 'all different rows (every column)' : `the different values of ${words[0]}`
  return `the different combinations of ${listed(counted(words))}`
}

function verbFor(shown: string[]): string {
  return shown.every((words) => words.startsWith('the number of')) ? 'Counts' : 'Works out'
}

export function hasAggregate(expression: Expression): boolean {
  return (expression.kind === 'call' && expression.aggregate) || operandsOf(expression).some(hasAggregate)
}

function isExtreme(expression: Expression): boolean {
  return expression.kind === 'call' && expression.aggregate && (expression.name === 'min' || expression.name === 'max')
}

/** Whether the keys of the groups settle a column: they hold a unique key of its table, or what that is joined to. */
function dependsOn(
  expression: Expression & { kind: 'column' },
  keys: Expression[],
  scope: QueryScope,
  links: KeyLink[],
): boolean {
  const owner = ownerOf(expression, scope)
  if (!owner?.table) return false
  const settled = keys.flatMap((key) => {
    if (key.kind !== 'column') return []
    const own = { owner: ownerOf(key, scope), name: key.name }
    const equal = links.flatMap(({ left, right }) => {
      if (left.owner === own.owner && same(left.name, own.name)) return [right]
      return right.owner === own.owner && same(right.name, own.name) ? [left] : []
    })
    return [own, ...equal]
  })
  const names = settled.filter((column) => column.owner === owner).map(({ name }) => name)
  const { primaryKey } = owner.table
  const hasWholeKey = primaryKey.length > 0 && primaryKey.every((part) => names.some((name) => same(name, part)))
  return hasWholeKey || names.some((name) => isUnique(owner.table, name))
}
