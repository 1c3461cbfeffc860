import { isAggregate } from './functions.ts'
import { type Fields, identifier, isObject, listOf, nameOf, nodesWithin, openNode } from './node-fields.ts'
import type { Call, ComparisonOperator, Expression, Ordering, Query, Window } from './query.ts'

/** Reads a subquery; handed in, since a query holds expressions and an expression queries. */
export type ReadQuery = (node: unknown) => Query

type Reader = (fields: Fields, readQuery: ReadQuery) => Expression

/** Turns a node of the parser's tree into an expression. A kind of node that is not known here counts as a function. */
export function readExpression(node: unknown, readQuery: ReadQuery): Expression {
  const opened = openNode(node)
  if (opened === null) return { kind: 'literal', value: null }
  const reader = readers[opened.kind]
  return reader === undefined ? readCall(opened.kind, opened.fields, readQuery) : reader(opened.fields, readQuery)
}

export function readOptional(node: unknown, readQuery: ReadQuery): Expression | null {
  return node === null || node === undefined ? null : readExpression(node, readQuery)
}

export function readAll(nodes: unknown, readQuery: ReadQuery): Expression[] {
  return listOf(nodes).map((node) => readExpression(node, readQuery))
}

export function readOrdering(clause: unknown, readQuery: ReadQuery): Ordering[] {
  const items = isObject(clause) ? clause.expressions : clause
  return listOf(items)
    .filter(isObject)
    .map((item) => ({ expression: readExpression(item.this, readQuery), descending: item.desc === true }))
}

export function readWindow(over: unknown, readQuery: ReadQuery): Window {
  const fields = isObject(over) ? over : {}
  return {
    partitionBy: readAll(fields.partition_by, readQuery),
    orderBy: readOrdering(fields.order_by, readQuery),
  }
}

const readers: Record<string, Reader> = {
  column: readColumn,
  literal: readLiteral,
  boolean: ({ value }) => ({ kind: 'literal', value: value === true ? 1 : 0 }),
  null: () => ({ kind: 'literal', value: null }),
  star: ({ table }) => ({ kind: 'star', table: nameOf(table) }),
  paren: inside,
  annotated: inside,
  dot: inside,
  not: (fields, readQuery) => negate(readExpression(fields.this, readQuery)),
  neg: (fields, readQuery) => ({ kind: 'negative', of: readExpression(fields.this, readQuery) }),
  and: (fields, readQuery) => ({ kind: 'and', parts: chain('and', fields, readQuery) }),
  or: (fields, readQuery) => ({ kind: 'or', parts: chain('or', fields, readQuery) }),
  between: (fields, readQuery) => ({
    kind: 'between',
    of: readExpression(fields.this, readQuery),
    low: readExpression(fields.low, readQuery),
    high: readExpression(fields.high, readQuery),
    negated: fields.not === true,
  }),
  in: readIn,
  is_null: (fields, readQuery) => ({
    kind: 'is-null',
    of: readExpression(fields.this, readQuery),
    negated: fields.not === true,
  }),
  exists: (fields, readQuery) => ({ kind: 'exists', query: readQuery(fields.this), negated: fields.not === true }),
  subquery: (fields, readQuery) => ({ kind: 'subquery', query: readQuery({ subquery: fields }) }),
  case: (fields, readQuery) => ({
    kind: 'case',
    operand: readOptional(fields.operand, readQuery),
    whens: listOf(fields.whens).map((pair): [Expression, Expression] => {
      const [condition, result] = listOf(pair)
      return [readExpression(condition, readQuery), readExpression(result, readQuery)]
    }),
    otherwise: readOptional(fields.else_, readQuery),
  }),
  cast: (fields, readQuery) => ({
    kind: 'cast',
    of: readExpression(fields.this, readQuery),
    type: isObject(fields.to) ? String(fields.to.data_type ?? '').replaceAll('_', '') : '',
  }),
  collation: (fields, readQuery) => ({
    kind: 'collate',
    of: readExpression(fields.this, readQuery),
    collation: String(fields.collation ?? ''),
  }),
  tuple: (fields, readQuery) => ({ kind: 'tuple', parts: readAll(fields.expressions, readQuery) }),
  regexp_like: (fields, readQuery) => ({
    kind: 'compare',
    operator: 'regexp',
    left: readExpression(fields.this, readQuery),
    right: readExpression(fields.pattern, readQuery),
    negated: false,
  }),
  window_function: (fields, readQuery) => {
    const call = readExpression(fields.this, readQuery)
    if (call.kind !== 'call') return call
    return { ...call, aggregate: false, window: readWindow(fields.over, readQuery) }
  },
  ...comparisons({
    eq: '=',
    neq: '<>',
    lt: '<',
    lte: '<=',
    gt: '>',
    gte: '>=',
    is: 'is',
    null_safe_eq: 'is',
    like: 'like',
    glob: 'glob',
    match: 'match',
  }),
  ...arithmetic({
    add: '+',
    sub: '-',
    mul: '*',
    div: '/',
    mod: '%',
    concat: '||',
    bitwise_and: '&',
    bitwise_or: '|',
    bitwise_left_shift: '<<',
    bitwise_right_shift: '>>',
  }),
}

function inside(fields: Fields, readQuery: ReadQuery): Expression {
  return readExpression(fields.this, readQuery)
}

function readColumn(fields: Fields): Expression {
  const name = identifier(fields.name)
  const table = identifier(fields.table)
  return {
    kind: 'column',
    name: name?.name ?? '',
    table: table?.name ?? null,
    quoted: name?.quoted ?? false,
    start: name?.span.start ?? -1,
    end: name?.span.end ?? -1,
    source: null,
  }
}

function readLiteral({ literal_type: type, value }: Fields): Expression {
  const text = String(value ?? '')
  if (type !== 'number') return { kind: 'literal', value: text }
  const number = Number(text)
  const exact = /^\d+$/.test(text) && !Number.isSafeInteger(number)
  return { kind: 'literal', value: exact ? BigInt(text) : number }
}

function negate(expression: Expression): Expression {
  return 'negated' in expression ? { ...expression, negated: !expression.negated } : { kind: 'not', of: expression }
}

function chain(kind: 'and' | 'or', fields: Fields, readQuery: ReadQuery): Expression[] {
  return [fields.left, fields.right].flatMap((node) => {
    const part = readExpression(node, readQuery)
    return part.kind === kind ? part.parts : [part]
  })
}

function readIn(fields: Fields, readQuery: ReadQuery): Expression {
  const values = readAll(fields.expressions, readQuery)
  const [only] = values
  const table = fields.is_field === true && only?.kind === 'column' ? only : null
  return {
    kind: 'in',
    of: readExpression(fields.this, readQuery),
    values: table === null ? values : [],
    query: fields.query === null || fields.query === undefined ? null : readQuery(fields.query),
    table: table?.name ?? null,
    negated: fields.not === true,
  }
}

function comparisons(operators: Record<string, ComparisonOperator>): Record<string, Reader> {
  return mapValues(operators, (operator) => (fields, readQuery) => ({
    kind: 'compare',
    operator,
    left: readExpression(fields.left, readQuery),
    right: readExpression(fields.right, readQuery),
    negated: false,
  }))
}

function arithmetic(operators: Record<string, string>): Record<string, Reader> {
  return mapValues(operators, (operator) => (fields, readQuery) => ({
    kind: 'arithmetic',
    operator,
    left: readExpression(fields.left, readQuery),
    right: readExpression(fields.right, readQuery),
  }))
}

function mapValues<From, To>(entries: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, map(value)]))
}

function readCall(kind: string, fields: Fields, readQuery: ReadQuery): Call {
  const { filter, order_by: _order, over: _over, ...operands } = fields
  const name = callName(kind, fields)
  const args: Expression[] = fields.star === true ? [{ kind: 'star', table: null }] : []
  args.push(...nodesWithin(Object.values(operands)).map((node) => readExpression(node, readQuery)))
  return {
    kind: 'call',
    name,
    args,
    distinct: fields.distinct === true,
    aggregate: isAggregate(name, args.length),
    filter: readOptional(filter, readQuery),
    window: null,
  }
}

/** The parser gives well-known functions a kind of their own, in the dialect-neutral spelling. */
function callName(kind: string, { original_name: original, name }: Fields): string {
  const written = typeof original === 'string' ? original : typeof name === 'string' ? name : kind
  const lower = written.toLowerCase()
  return neutralNames[lower] ?? lower
}

const neutralNames: Record<string, string> = {
  substring: 'substr',
  str_position: 'instr',
  null_if: 'nullif',
  if_null: 'ifnull',
  if_func: 'iif',
  l_trim: 'ltrim',
  r_trim: 'rtrim',
  n_tile: 'ntile',
  char_func: 'char',
  json_extract_scalar: 'json_extract',
}
