import {
  type Expression,
  type NamedQuery,
  type Query,
  type Select,
  type SetOperation,
  visit,
} from '#databases/gate/query.ts'
import { humanName } from '../format/human-name.ts'
import { flatten, type QueryScope, same, scopeOf } from '../sql/query-scope.ts'
import { orderWords } from './order-words.ts'
import { sayConjuncts } from './say-conjuncts.ts'
import { type SelectedWords, sayItems } from './say-items.ts'
import { EMPTY, saySources } from './say-source.ts'
import { listed, type Voice } from './voice.ts'

/** What a whole query does, as a sentence: "Counts the rows in orders where status is 'paid'." */
export function sayQuery(voice: Voice, query: Query): string {
  const prepared = query.with.map(
    (named, index) => `${index === 0 ? 'First' : 'Then'} works out ${sayNamed(voice, named)}.`,
  )
  const { body } = query
  const main =
    body.kind === 'select' ? sentence(voice, query, body) : `Lists ${sayRows(voice, { ...query, with: [] }, EMPTY)}`
  return [
    ...prepared,
    `${prepared.length > 0 ? 'Then ' : ''}${prepared.length > 0 ? uncapitalised(main) : main}.`,
  ].join(' ')
}

/** A query of a WITH clause; one that reads its own rows goes on until it finds no more. */
function sayNamed(voice: Voice, { name, columns, query }: NamedQuery): string {
  const isRepeated = [...visit(query)].some(
    (node) =>
      node.kind === 'select' && node.from.flatMap(flatten).some((one) => one.kind === 'table' && same(one.name, name)),
  )
  const how = isRepeated ? ', repeating the second part until nothing new comes' : ''
  const named = columns.length > 0 ? ` (columns: ${listed(columns.map(humanName))})` : ''
  return `'${humanName(name)}'${named}${how}: ${sayRows(voice, query, EMPTY)}`
}

/** What a query gives, as a noun phrase: "customer id from orders where status is 'paid'". */
export function sayRows(voice: Voice, query: Query, outer: QueryScope): string {
  const using = query.with.map(
    ({ name, query: inner }) => ` (with '${humanName(name)}' for ${sayRows(voice, inner, outer)})`,
  )
  const { body } = query
  if (body.kind === 'values')
    return `fixed values: ${listed(body.rows.flat().map((value) => voice.value(value, outer)))}`
  if (body.kind === 'set') return sayCombined(voice, query, body, outer) + using.join('')
  const parts = partsOf(voice, query, body, { outer, named: true })
  const each = parts.keys ? ` for each ${parts.keys}` : ''
  return `${parts.what ? parts.what + each : `each ${parts.keys}`}${parts.from}${parts.where}${parts.having}${parts.tail}${using.join('')}`
}

/** Only the rows that a query reads, for "there is a row in …". */
export function saySource(voice: Voice, { body }: Query, outer: QueryScope, said: Expression[]): string {
  if (body.kind !== 'select') return 'a combined list'
  const scope = scopeOf(body.from, body.items, outer, voice.schema)
  const { words, rest } = saySources(voice, body, scope)
  return (
    words +
    whereWords(
      sayConjuncts(
        voice,
        rest.filter((condition) => !said.includes(condition)),
        scope,
      ),
    )
  )
}

type Parts = SelectedWords & { keys: string; from: string; where: string; having: string; tail: string }

function sentence(voice: Voice, query: Query, select: Select): string {
  const { what, keys, verb, from, where, having, tail } = partsOf(voice, query, select, { outer: EMPTY, named: false })
  if (keys && what) return `For each ${keys}, gives ${what}${from}${where}${having}${tail}`
  if (keys) return `Lists each ${keys}${from}${where} once${having}${tail}`
  if (!from) return `Works out ${what}`
  const counted = verb === 'Counts' ? what.replace(/^the number of (different )?/, 'the $1') : what
  return `${verb} ${counted}${from}${where}${having}${tail}`
}

function partsOf(
  voice: Voice,
  query: Query,
  select: Select,
  { outer, named }: { outer: QueryScope; named: boolean },
): Parts {
  const scope = scopeOf(select.from, select.items, outer.sources.length > 0 ? outer : null, voice.schema)
  const sources = saySources(voice, select, scope)
  const conditions = sayConjuncts(voice, sources.rest, scope)
  const kept = select.having ? sayConjuncts(voice, split(select.having), scope) : []
  for (const condition of [...conditions, ...kept]) voice.note(condition)
  const items = sayItems(voice.quiet(), select, scope, { links: sources.links, named })
  const joiner = items.isAggregated || items.keys ? ' in ' : ' from '
  return {
    ...items,
    from: sources.words ? joiner + sources.words : '',
    where: whereWords(conditions),
    having: kept.length > 0 ? `, keeping only those where ${listed(kept)}` : '',
    tail: tailOf(voice.quiet(), query, scope, items.isAggregated && !items.keys),
  }
}

function split(condition: Expression): Expression[] {
  return condition.kind === 'and' ? condition.parts.flatMap(split) : [condition]
}

function whereWords(conditions: string[]): string {
  return conditions.length > 0 ? ` where ${listed(conditions)}` : ''
}

/** Sorting and limits. An aggregate without groups is one row: nothing to sort or cut. */
function tailOf(voice: Voice, { orderBy, limit, offset }: Query, scope: QueryScope, isOneRow: boolean): string {
  if (isOneRow) return ''
  const order = orderWords(voice, orderBy, scope)
  const sorted = order ? `, sorted by ${order}` : ''
  const skipped = offset && !isNumber(offset, 0) ? `, after leaving out the first ${voice.value(offset, scope)}` : ''
  return sorted + skipped + limitWords(voice, limit, order !== '', scope)
}

function limitWords(voice: Voice, limit: Expression | null, isSorted: boolean, scope: QueryScope): string {
  if (!limit || limit.kind === 'negative') return ''
  const count = voice.value(limit, scope)
  if (isNumber(limit, 1))
    return isSorted
      ? ', only the first one (of several that tie, just one)'
      : ', only one of them, whichever comes first'
  return isSorted
    ? `, only the first ${count} (a tie for the last place may be cut)`
    : `, only ${count} of them, in no certain order`
}

function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === 'literal' && expression.value === value
}

function sayCombined(voice: Voice, query: Query, { operator, left, right }: SetOperation, outer: QueryScope): string {
  const [one, other] = [left, right].map((side) => `(${sayRows(voice, side, outer)})`)
  const first = firstSelect(left)
  const tail = tailOf(voice.quiet(), query, first ? scopeOf(first.from, first.items, null, voice.schema) : EMPTY, false)
  switch (operator) {
    case 'union':
      return `the rows of ${one} together with those of ${other}, each different row once${tail}`
    case 'union all':
      return `the rows of ${one} together with those of ${other}${tail}`
    case 'intersect':
      return `the rows that are both in ${one} and in ${other}, each different row once${tail}`
    case 'except':
      return `the rows of ${one} that are not in ${other}, each different row once${tail}`
  }
}

function firstSelect({ body }: Query): Select | null {
  if (body.kind === 'set') return firstSelect(body.left)
  return body.kind === 'select' ? body : null
}

function uncapitalised(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
