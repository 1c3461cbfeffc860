import { type Fields, identifier, isObject, listOf, nameOf, openNode } from './node-fields.ts'
import type { Join, NamedQuery, Query, Select, SelectItem, SetOperation, Source, Values } from './query.ts'
import { readAll, readExpression, readOptional, readOrdering, readWindow } from './read-expression.ts'

/** A statement that reads is needed and another one was found; `kind` is the parser's word for it. */
export class NotAQuery extends Error {
  readonly kind: string

  constructor(kind: string) {
    super(`not a query: ${kind}`)
    this.kind = kind
  }
}

/** Turns the parser's tree of a SELECT, WITH or VALUES statement into a query. Throws NotAQuery for any other. */
export function readQuery(node: unknown): Query {
  const { kind, fields } = openNode(node) ?? { kind: 'nothing', fields: {} }
  if (kind === 'paren') return readQuery(fields.this)
  if (kind === 'subquery') return readSubquery(fields)
  const body = readBody(kind, fields)
  return {
    with: readWith(fields.with),
    body,
    orderBy: readOrdering(fields.order_by, readQuery),
    limit: readBound(fields.limit),
    offset: readBound(fields.offset),
  }
}

function readSubquery(fields: Fields): Query {
  const query = readQuery(fields.this)
  const orderBy = readOrdering(fields.order_by, readQuery)
  return {
    ...query,
    orderBy: orderBy.length > 0 ? orderBy : query.orderBy,
    limit: readBound(fields.limit) ?? query.limit,
    offset: readBound(fields.offset) ?? query.offset,
  }
}

const setOperators = ['union', 'intersect', 'except'] as const

function readBody(kind: string, fields: Fields): Select | SetOperation | Values {
  if (kind === 'select') return readSelect(fields)
  if (kind === 'values') return { kind: 'values', rows: readRows(fields) }
  const operator = setOperators.find((known) => known === kind)
  if (operator === undefined) throw new NotAQuery(kind)
  return {
    kind: 'set',
    operator: operator === 'union' && fields.all === true ? 'union all' : operator,
    left: readQuery(fields.left),
    right: readQuery(fields.right),
  }
}

function readRows(fields: Fields) {
  return listOf(fields.expressions)
    .filter(isObject)
    .map((row) => readAll(row.expressions, readQuery))
}

// A clause is an object around its expression, or the expression itself.
function readBound(clause: unknown) {
  const inner = isObject(clause) && 'this' in clause ? clause.this : clause
  return readOptional(inner, readQuery)
}

function readWith(clause: unknown): NamedQuery[] {
  return listOf(isObject(clause) ? clause.ctes : null)
    .filter(isObject)
    .map((cte) => ({
      name: nameOf(cte.alias) ?? '',
      columns: listOf(cte.columns).flatMap((column) => nameOf(column) ?? []),
      query: readQuery(cte.this),
    }))
}

function readSelect(fields: Fields): Select {
  const first = isObject(fields.from) ? listOf(fields.from.expressions) : []
  return {
    kind: 'select',
    distinct: fields.distinct === true,
    items: listOf(fields.expressions).map(readItem),
    from: [...first.map((node) => readSource(node, null)), ...listOf(fields.joins).filter(isObject).map(readJoined)],
    where: readBound(fields.where_clause),
    groupBy: readAll(isObject(fields.group_by) ? fields.group_by.expressions : [], readQuery),
    having: readBound(fields.having),
    windows: listOf(fields.windows)
      .filter(isObject)
      .map((window) => readWindow(window.spec, readQuery)),
  }
}

function readItem(node: unknown): SelectItem {
  const { kind, fields } = openNode(node) ?? { kind: '', fields: {} }
  if (kind !== 'alias') return { expression: readExpression(node, readQuery), alias: null }
  return { expression: readExpression(fields.this, readQuery), alias: nameOf(fields.alias) }
}

function readJoined(fields: Fields): Source {
  return readSource(fields.this, readJoin(fields))
}

function readJoin(fields: Fields): Join {
  const kind = String(fields.kind ?? 'Inner')
  const type = (['left', 'right', 'full', 'cross'] as const).find((known) => kind.toLowerCase().includes(known))
  return {
    type: type ?? 'inner',
    natural: kind.startsWith('Natural'),
    on: readOptional(fields.on, readQuery),
    using: listOf(fields.using).flatMap((column) => nameOf(column) ?? []),
  }
}

function readSource(node: unknown, join: Join | null, outerAlias: string | null = null): Source {
  const { kind, fields } = openNode(node) ?? { kind: '', fields: {} }
  const alias = outerAlias ?? nameOf(fields.alias)
  if (kind === 'alias' || kind === 'paren') return readSource(fields.this, join, alias)
  if (kind === 'table') return readTable(fields, alias, join)
  if (kind === 'function') {
    const name = String(fields.name ?? '').toLowerCase()
    return { kind: 'function', name, args: readAll(fields.args, readQuery), alias, join }
  }
  if (kind === 'joined_table') {
    const sources = [readSource(fields.left, null), ...listOf(fields.joins).filter(isObject).map(readJoined)]
    return { kind: 'group', sources, alias, join }
  }
  if (kind === 'subquery' && isGroup(fields.this)) return { ...readSource(fields.this, join), alias }
  return { kind: 'query', query: readQuery(node), alias, join }
}

// "(a JOIN b)" and "(a)" in a FROM clause.
function isGroup(node: unknown): boolean {
  const kind = openNode(node)?.kind
  return kind === 'table' || kind === 'joined_table'
}

function readTable(fields: Fields, alias: string | null, join: Join | null): Source {
  const name = identifier(fields.name)
  return {
    kind: 'table',
    name: name?.name ?? '',
    schema: nameOf(fields.schema),
    start: name?.span.start ?? -1,
    end: name?.span.end ?? -1,
    alias,
    join,
  }
}
