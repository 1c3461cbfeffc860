import type { SqlValue } from '../schema/schema.ts'

/**
 * A parsed query, in few kinds of nodes. Positions are offsets into the SQL text. The `source` of column references is
 * null until resolveNames has looked them up in a schema.
 */
export type Query = {
  with: NamedQuery[]
  body: Select | SetOperation | Values
  orderBy: Ordering[]
  limit: Expression | null
  offset: Expression | null
}

/** One query of a WITH clause. `columns` is empty where the clause names none. */
export type NamedQuery = { name: string; columns: string[]; query: Query }

export type Select = {
  kind: 'select'
  distinct: boolean
  items: SelectItem[]
  from: Source[]
  where: Expression | null
  groupBy: Expression[]
  having: Expression | null
  /** What named windows (WINDOW w AS …) partition and order by. */
  windows: Window[]
}

export type SetOperation = {
  kind: 'set'
  operator: 'union' | 'union all' | 'intersect' | 'except'
  left: Query
  right: Query
}

/** VALUES: rows of expressions without a table. */
export type Values = { kind: 'values'; rows: Expression[][] }

export type SelectItem = { expression: Expression; alias: string | null }

export type Ordering = { expression: Expression; descending: boolean }

/** How a source is joined to those before it; null for the first one and for those after a comma. */
export type Join = {
  type: 'inner' | 'left' | 'right' | 'full' | 'cross'
  natural: boolean
  on: Expression | null
  using: string[]
}

export type Source = {
  alias: string | null
  join: Join | null
} /** `schema` is what stands before the dot: "main" in main.people. */ & (
  | { kind: 'table'; name: string; schema: string | null; start: number; end: number }
  | { kind: 'query'; query: Query }
  | { kind: 'function'; name: string; args: Expression[] }
  /** Joins in parentheses. */
  | { kind: 'group'; sources: Source[] }
)

export type Window = { partitionBy: Expression[]; orderBy: Ordering[] }

export type ColumnReference = {
  kind: 'column'
  name: string
  /** The table or alias before the dot. */
  table: string | null
  quoted: boolean
  start: number
  end: number
  /** The column of the schema that this is; null where it is computed (by a subquery, say) or not resolved. */
  source: { table: string; column: string } | null
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'is' | 'like' | 'glob' | 'match' | 'regexp'

export type Expression =
  | ColumnReference
  | { kind: 'literal'; value: SqlValue }
  | { kind: 'star'; table: string | null }
  | Call
  | { kind: 'compare'; operator: ComparisonOperator; left: Expression; right: Expression; negated: boolean }
  | { kind: 'between'; of: Expression; low: Expression; high: Expression; negated: boolean }
  | { kind: 'in'; of: Expression; values: Expression[]; query: Query | null; table: string | null; negated: boolean }
  | { kind: 'is-null'; of: Expression; negated: boolean }
  | { kind: 'and' | 'or'; parts: Expression[] }
  | { kind: 'not'; of: Expression }
  | { kind: 'arithmetic'; operator: string; left: Expression; right: Expression }
  | { kind: 'negative'; of: Expression }
  | { kind: 'case'; operand: Expression | null; whens: [Expression, Expression][]; otherwise: Expression | null }
  | { kind: 'cast'; of: Expression; type: string }
  | { kind: 'collate'; of: Expression; collation: string }
  | { kind: 'subquery'; query: Query }
  | { kind: 'exists'; query: Query; negated: boolean }
  | { kind: 'tuple'; parts: Expression[] }

/** A function. `name` is in lower case; for count(*) the argument is a star. */
export type Call = {
  kind: 'call'
  name: string
  args: Expression[]
  distinct: boolean
  /** True for count, sum, avg, … over a group; false where it has a window. */
  aggregate: boolean
  filter: Expression | null
  window: Window | null
}

/** The conditions that must all hold: a WHERE or HAVING clause taken apart at its ANDs. */
export function conjuncts(condition: Expression | null): Expression[] {
  if (condition === null) return []
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition]
}

/** The sources of a FROM clause, those in parentheses included, in the order of the text. */
export function flatSources(sources: Source[]): Exclude<Source, { kind: 'group' }>[] {
  return sources.flatMap((source) => (source.kind === 'group' ? flatSources(source.sources) : [source]))
}

/** All queries directly or indirectly inside a query, itself first: one for each scope of names. */
export function selectsOf(query: Query): Select[] {
  return [...visit(query)].flatMap((node) => (node.kind === 'select' ? [node] : []))
}

/** Every expression and select inside a query, parents first. */
export function* visit(query: Query): Generator<Expression | Select> {
  for (const named of query.with) yield* visit(named.query)
  const { body } = query
  if (body.kind === 'set') {
    yield* visit(body.left)
    yield* visit(body.right)
  } else if (body.kind === 'values') yield* visitAll(body.rows.flat())
  else yield* visitSelect(body)
  yield* visitAll([...query.orderBy.map(({ expression }) => expression), query.limit, query.offset])
}

function* visitSelect(select: Select): Generator<Expression | Select> {
  yield select
  yield* visitAll(select.items.map(({ expression }) => expression))
  for (const source of select.from) yield* visitSource(source)
  yield* visitAll([select.where, ...select.groupBy, select.having, ...select.windows.flatMap(partsOfWindow)])
}

function* visitSource(source: Source): Generator<Expression | Select> {
  if (source.kind === 'query') yield* visit(source.query)
  if (source.kind === 'function') yield* visitAll(source.args)
  if (source.kind === 'group') for (const inner of source.sources) yield* visitSource(inner)
  yield* visitAll([source.join?.on ?? null])
}

function* visitAll(expressions: (Expression | null)[]): Generator<Expression | Select> {
  for (const expression of expressions) if (expression !== null) yield* visitExpression(expression)
}

/** An expression and all inside it, subqueries included, parents first. */
export function* visitExpression(expression: Expression): Generator<Expression | Select> {
  yield expression
  yield* visitAll(operandsOf(expression))
  if ('query' in expression && expression.query !== null) yield* visit(expression.query)
}

/** An expression and what is inside it, but for subqueries. */
export function within(expression: Expression): Expression[] {
  return [expression, ...operandsOf(expression).flatMap(within)]
}

/** The expressions directly inside one, without those of its subqueries. */
export function operandsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'column':
    case 'literal':
    case 'star':
    case 'subquery':
    case 'exists':
      return []
    case 'call':
      return [...expression.args, ...present([expression.filter]), ...partsOfWindow(expression.window)]
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right]
    case 'between':
      return [expression.of, expression.low, expression.high]
    case 'in':
      return [expression.of, ...expression.values]
    case 'and':
    case 'or':
    case 'tuple':
      return expression.parts
    case 'case':
      return present([expression.operand, ...expression.whens.flat(), expression.otherwise])
    case 'is-null':
    case 'not':
    case 'negative':
    case 'cast':
    case 'collate':
      return [expression.of]
  }
}

function partsOfWindow(window: Window | null): Expression[] {
  return window === null ? [] : [...window.partitionBy, ...window.orderBy.map(({ expression }) => expression)]
}

function present(expressions: (Expression | null)[]): Expression[] {
  return expressions.filter((expression) => expression !== null)
}
