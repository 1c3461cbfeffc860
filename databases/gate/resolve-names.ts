import { foldName } from '../schema/quote-name.ts'
import type { Schema, Table } from '../schema/schema.ts'
import { columnsOfTableFunction } from './functions.ts'
import type { ColumnReference, Expression, NamedQuery, Ordering, Query, Select, Source } from './query.ts'
import { flatSources, operandsOf, visit } from './query.ts'
import { lookUp, type Output, type Relation, type Scope } from './scope.ts'

/** A name that leads nowhere. For a column that stands in a comparison, `comparedTo` is what it is compared to. */
export type NameProblem =
  | { kind: 'table'; name: string }
  | { kind: 'column'; reference: ColumnReference; comparedTo: Expression[] }

/** Columns that a query gives, in order; null where they are not known. */
type Outputs = Output[] | null

type CommonTable = { named: NamedQuery; home: Place; outputs: Outputs | 'not yet' }

/** Where a query stands: the names of tables known there (those of WITH clauses first), and the SELECT around it. */
type Place = {
  tables: Map<string, Table>
  common: Map<string, CommonTable>
  outer: Scope | null
  problems: NameProblem[]
}

/**
 * Resolves the names of a query as SQLite would, writes to each column reference which column of the schema it is, and
 * gives back those that lead nowhere. Where it cannot know (the name of a computed column, say), SQLite is to decide.
 */
export function resolveNames(query: Query, schema: Schema): NameProblem[] {
  const tables = new Map(schema.tables.map((table) => [foldName(table.name), table]))
  const place: Place = { tables, common: new Map(), outer: null, problems: [] }
  resolveQuery(query, place)
  return withoutHiddenColumns(place.problems, query)
}

/** Tables of full-text search have two columns that no list shows: "rank", and one of their own name, to be matched. */
function withoutHiddenColumns(problems: NameProblem[], query: Query): NameProblem[] {
  if (problems.length === 0) return problems
  const matched = new Set<unknown>()
  for (const node of visit(query)) if (node.kind === 'compare' && node.operator === 'match') matched.add(node.left)
  if (matched.size === 0) return problems
  return problems.filter(
    (problem) =>
      problem.kind === 'table' || !(matched.has(problem.reference) || problem.reference.name.toLowerCase() === 'rank'),
  )
}

function resolveQuery(query: Query, around: Place): Outputs {
  const place = withCommonTables(query, around)
  const { body } = query
  if (body.kind === 'values') {
    resolveAll(body.rows.flat(), place.outer, place)
    return (body.rows[0] ?? []).map((_, index) => ({ name: `column${index + 1}`, source: null }))
  }
  // What ORDER BY may say about several queries in a row is for SQLite to judge.
  if (body.kind === 'set') {
    const outputs = resolveQuery(body.left, place)
    resolveQuery(body.right, place)
    return outputs
  }
  return resolveSelect(body, query, place)
}

function withCommonTables(query: Query, around: Place): Place {
  if (query.with.length === 0) return around
  const place = { ...around, common: new Map(around.common) }
  for (const named of query.with) place.common.set(foldName(named.name), { named, home: place, outputs: 'not yet' })
  for (const named of query.with) outputsOfCommon(foldName(named.name), place)
  return place
}

function outputsOfCommon(name: string, place: Place): Outputs | undefined {
  const common = place.common.get(name)
  if (common === undefined) return undefined
  if (common.outputs !== 'not yet') return common.outputs
  const { columns, query } = common.named
  // A recursive query reads itself while we look: its first SELECT says what it gives.
  common.outputs = columns.length > 0 ? columns.map(computed) : namesOf(query)
  const outputs = resolveQuery(query, common.home)
  if (columns.length === 0) common.outputs = outputs
  else common.outputs = columns.map((column, index) => ({ name: column, source: outputs?.[index]?.source ?? null }))
  return common.outputs
}

/** Names of what a query gives, as far as its text says. */
function namesOf({ body }: Query): Outputs {
  if (body.kind === 'set') return namesOf(body.left)
  if (body.kind === 'values') return null
  const names = body.items.map(
    ({ expression, alias }) => alias ?? (expression.kind === 'column' ? expression.name : null),
  )
  return names.includes(null) ? null : names.flatMap((name) => (name === null ? [] : computed(name)))
}

function computed(name: string): Output {
  return { name, source: null }
}

function resolveSelect(select: Select, { orderBy, limit, offset }: Query, place: Place): Outputs {
  const relations = flatSources(select.from).map((source) => relationOf(source, place))
  const scope: Scope = { relations, results: [], resultsFirst: false, parent: place.outer }
  resolveAll(argumentsOf(select.from), scope, place)
  resolveAll(
    select.items.map(({ expression }) => expression),
    scope,
    place,
  )
  scope.results = select.items.flatMap(({ expression, alias }) => (alias === null ? [] : asOutput(alias, expression)))
  resolveAll([...conditionsOf(select.from), select.where, ...select.groupBy, select.having], scope, place)
  resolveAll(
    select.windows.flatMap(({ partitionBy, orderBy }) => [...partitionBy, ...expressionsOf(orderBy)]),
    scope,
    place,
  )
  scope.resultsFirst = true
  resolveAll([...expressionsOf(orderBy), limit, offset], scope, place)
  return outputsOf(select, relations)
}

function expressionsOf(orderings: Ordering[]): Expression[] {
  return orderings.map(({ expression }) => expression)
}

function asOutput(name: string, expression: Expression): Output {
  return { name, source: expression.kind === 'column' ? expression.source : null }
}

function outputsOf(select: Select, relations: Relation[]): Outputs {
  const outputs: Output[] = []
  for (const { expression, alias } of select.items) {
    const columns = expression.kind === 'star' ? starOf(expression.table, relations) : null
    const name = alias ?? (expression.kind === 'column' ? expression.name : null)
    const added = columns ?? (name === null ? null : [asOutput(name, expression)])
    if (added === null || outputs.length + added.length > maxColumns) return null
    for (const output of added) outputs.push(output)
  }
  return outputs
}

/** SQLite itself gives no more; without this a few nested stars would fill all memory. */
const maxColumns = 2000

function starOf(table: string | null, relations: Relation[]): Outputs {
  const meant = relations.filter(({ alias }) => table === null || foldName(alias) === foldName(table))
  const columns: Output[] = []
  for (const relation of meant) {
    if (relation.columns === null || columns.length + relation.columns.length > maxColumns) return null
    for (const column of relation.columns) columns.push(column)
  }
  return columns
}

function argumentsOf(sources: Source[]): Expression[] {
  return flatSources(sources).flatMap((source) => (source.kind === 'function' ? source.args : []))
}

function conditionsOf(sources: Source[]): (Expression | null)[] {
  return sources.flatMap((source) => [
    source.join?.on ?? null,
    ...(source.kind === 'group' ? conditionsOf(source.sources) : []),
  ])
}

function relationOf(source: ReturnType<typeof flatSources>[number], place: Place): Relation {
  if (source.kind === 'query') {
    return { alias: source.alias ?? '', columns: resolveQuery(source.query, place), kind: 'other' }
  }
  const alias = source.alias ?? source.name
  if (source.kind === 'function') return { alias, columns: tableFunction(source.name), kind: 'other' }
  const common = outputsOfCommon(foldName(source.name), place)
  if (common !== undefined) return { alias, columns: common, kind: 'other' }
  const table = place.tables.get(foldName(source.name))
  if (table !== undefined) return { alias, columns: columnsOf(table), kind: 'table' }
  place.problems.push({ kind: 'table', name: source.name })
  return { alias, columns: null, kind: 'other' }
}

function tableFunction(name: string): Outputs {
  return columnsOfTableFunction(name)?.map(computed) ?? null
}

function columnsOf(table: Table): Output[] {
  return table.columns.map(({ name }) => ({ name, source: { table: table.name, column: name } }))
}

function resolveAll(expressions: (Expression | null)[], scope: Scope | null, place: Place): void {
  for (const expression of expressions) if (expression !== null) resolve(expression, [], scope, place)
}

function resolve(expression: Expression, comparedTo: Expression[], scope: Scope | null, place: Place): void {
  if (expression.kind === 'column') {
    const found = lookUp(expression, scope)
    if (found === null) place.problems.push({ kind: 'column', reference: expression, comparedTo })
    else expression.source = found.source
    return
  }
  for (const operand of operandsOf(expression))
    resolve(operand, partnersOf(operand, expression, comparedTo), scope, place)
  if ('query' in expression && expression.query !== null) resolveQuery(expression.query, { ...place, outer: scope })
  if (expression.kind === 'in' && expression.table !== null) findTable(expression.table, place)
}

function findTable(name: string, place: Place): void {
  if (place.common.has(foldName(name)) || place.tables.has(foldName(name))) return
  place.problems.push({ kind: 'table', name })
}

/** What an operand is compared to, if its expression compares: the values after IN, BETWEEN and CASE's WHEN, and both sides of =. */
function partnersOf(operand: Expression, expression: Expression, comparedTo: Expression[]): Expression[] {
  switch (expression.kind) {
    case 'compare':
      return [operand === expression.left ? expression.right : expression.left]
    case 'between':
    case 'in':
      return operand === expression.of ? [] : [expression.of]
    case 'case': {
      const { operand: subject } = expression
      return subject !== null && expression.whens.some(([when]) => when === operand) ? [subject] : []
    }
    case 'collate':
    case 'tuple':
      return comparedTo
    default:
      return []
  }
}
