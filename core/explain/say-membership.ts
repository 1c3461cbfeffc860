import { conjuncts, type Expression, type Query, type Select } from '#databases/gate/query.ts'
import { humanName } from '../format/human-name.ts'
import { foreignKeyColumn, isUnique, type KeyLink, linkOf } from '../sql/key-link.ts'
import { ownerOf, type QueryScope, same, scopeOf } from '../sql/query-scope.ts'
import { mayReadNull } from './null-values.ts'
import type { Voice } from './voice.ts'

/** "orders has no row for it (by customer id)", or "country is not among: code from countries where …". */
export function sayInQuery(
  voice: Voice,
  condition: Expression & { kind: 'in' },
  query: Query,
  scope: QueryScope,
): string {
  const { of, negated } = condition
  const select = query.body.kind === 'select' ? query.body : null
  const inner = select && scopeOf(select.from, select.items, scope, voice.schema)
  const [item] = select?.items ?? []
  const link = inner && item && linkBetween(of, item.expression, scope, inner)
  const known = conjuncts(select?.where ?? null).filter((one) => inner && item && isKnown(one, item.expression, inner))
  const trap =
    negated && inner && item && known.length === 0 && mayReadNull(item.expression, inner)
      ? ' (nothing is found as soon as one of these has no value)'
      : ''
  if (link && isPlain(query) && isUnique(link.left.owner.table, link.left.name)) {
    const missing = trap && ` (nothing is found if ${humanName(link.right.name)} is missing in any row)`
    return childRows(voice, link, query, scope, negated, known) + missing
  }
  return `${voice.value(of, scope)} is ${negated ? 'not among' : 'among'}: ${voice.rows(query, scope)}${trap}`
}

/** `customer_id IS NOT NULL`, where it is customer_id that is listed: what is not known belongs to nothing anyway. */
function isKnown(condition: Expression, item: Expression, inner: QueryScope): boolean {
  if (condition.kind !== 'is-null' || !condition.negated) return false
  const { of } = condition
  if (of.kind !== 'column' || item.kind !== 'column') return false
  return same(of.name, item.name) && ownerOf(of, inner) === ownerOf(item, inner)
}

/** "orders has at least one row for it (by customer id) where …", or "there is no row in orders where …". */
export function sayExists(
  voice: Voice,
  { query, negated }: Expression & { kind: 'exists' },
  scope: QueryScope,
): string {
  const select = query.body.kind === 'select' ? query.body : null
  if (!select || select.groupBy.length > 0 || select.having)
    return `there is ${negated ? 'nothing' : 'something'} in: ${voice.rows(query, scope)}`
  const inner = scopeOf(select.from, select.items, scope, voice.schema)
  const ties = conjuncts(select.where).filter((condition) => tie(condition, inner) !== null)
  const [only] = ties
  const link = ties.length === 1 && only ? tie(only, inner) : null
  if (link && only && select.from.length === 1) return childRows(voice, link, query, scope, negated, [only])
  return `there is ${negated ? 'no row' : 'a row'} in ${voice.source(query, scope, [])}`
}

function childRows(
  voice: Voice,
  link: KeyLink,
  query: Query,
  scope: QueryScope,
  negated: boolean,
  said: Expression[],
): string {
  const by = `(by ${humanName(foreignKeyColumn(link) ?? link.right.name)})`
  const source = voice.source(query, scope, said)
  const child = link.right.owner.words
  const rest = source.startsWith(child) ? source.slice(child.length) : ` in ${source}`
  return `${child} has ${negated ? 'no row' : 'at least one row'} for it ${by}${rest}`
}

/** What ties a row of a subquery to the row of the query around it by a foreign key. */
function tie(condition: Expression, inner: QueryScope): KeyLink | null {
  const link = linkOf(condition, inner)
  if (!link || foreignKeyColumn(link) === null) return null
  const isInner = (side: KeyLink['left']) => inner.sources.includes(side.owner)
  if (isInner(link.left) === isInner(link.right)) return null
  return isInner(link.left) ? { left: link.right, right: link.left } : link
}

function linkBetween(
  outerSide: Expression,
  innerSide: Expression,
  outer: QueryScope,
  inner: QueryScope,
): KeyLink | null {
  if (outerSide.kind !== 'column' || innerSide.kind !== 'column') return null
  const [left, right] = [ownerOf(outerSide, outer), ownerOf(innerSide, inner)]
  if (!left || !right || left === right) return null
  const link = {
    left: { expression: outerSide, owner: left, name: outerSide.name },
    right: { expression: innerSide, owner: right, name: innerSide.name },
  }
  return foreignKeyColumn(link) === null ? null : link
}

/** A subquery of one table that lists a column as it is. */
function isPlain({ with: named, body, limit, offset }: Query): boolean {
  return (
    named.length === 0 && !limit && !offset && body.kind === 'select' && isUngrouped(body) && body.from.length === 1
  )
}

function isUngrouped({ groupBy, having }: Select): boolean {
  return groupBy.length === 0 && having === null
}
