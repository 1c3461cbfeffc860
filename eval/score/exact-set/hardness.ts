import { type Conditions, conditionsOf, connectorsOf, isQuery, type SpiderSql } from './spider-sql.ts'

export type Hardness = 'easy' | 'medium' | 'hard' | 'extra'

/** Spider's class of a gold query, from how many clauses it has (`eval_hardness`). */
export function hardnessOf(sql: SpiderSql): Hardness {
  const clauses = countClauses(sql)
  const others = countOthers(sql)
  const nested = nestedQueries(sql).length
  if (clauses <= 1 && others === 0 && nested === 0) return 'easy'
  if (nested === 0 && ((others <= 2 && clauses <= 1) || (clauses <= 2 && others < 2))) return 'medium'
  if (nested === 0 && ((others > 2 && clauses <= 2) || (clauses === 3 && others <= 2))) return 'hard'
  return clauses <= 1 && others === 0 && nested <= 1 ? 'hard' : 'extra'
}

/** Every condition of a query: of its joins, WHERE and HAVING. */
export function allConditions({ joins, where, having }: SpiderSql): Conditions[] {
  return [joins, where, having]
}

function countClauses(sql: SpiderSql): number {
  const has = [sql.where.length > 0, sql.groupBy.length > 0, sql.orderBy !== null, sql.limited]
  const joins = Math.max(0, sql.sources.length - 1)
  const parts = allConditions(sql)
  const ors = parts.flatMap(connectorsOf).filter((one) => one === 'or')
  const likes = parts.flatMap(conditionsOf).filter(({ operator }) => operator === 'like')
  return has.filter(Boolean).length + joins + ors.length + likes.length
}

function countOthers(sql: SpiderSql): number {
  const many = [countAggregates(sql) > 1, sql.select.units.length > 1, sql.where.length > 1, sql.groupBy.length > 1]
  return many.filter(Boolean).length
}

/** Aggregates as Spider counts them: "not" in WHERE and HAVING, and what joins the conditions of HAVING, count as well. */
function countAggregates(sql: SpiderSql): number {
  const columns = (sql.orderBy?.units ?? []).flatMap(({ left, right }) => (right === null ? [left] : [left, right]))
  const aggregates = [...sql.select.units, ...sql.groupBy, ...columns].filter(({ aggregate }) => aggregate !== 'none')
  const negated = conditionsOf(sql.where).filter((one) => one.negated)
  const inHaving = sql.having.filter((one) => typeof one === 'string' || one.negated)
  return aggregates.length + negated.length + inHaving.length
}

function nestedQueries(sql: SpiderSql): SpiderSql[] {
  const operands = allConditions(sql)
    .flatMap(conditionsOf)
    .flatMap(({ first, second }) => [first, second])
  const others = [sql.intersect, sql.except, sql.union].filter((one) => one !== null)
  return [...operands.filter(isQuery), ...others]
}
