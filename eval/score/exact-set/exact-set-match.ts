import { allConditions } from './hardness.ts'
import { conditionsOf, connectorsOf, type SpiderSql } from './spider-sql.ts'

/**
 * True if two queries have the same parts, whatever their order (`eval_exact_match`): columns selected, conditions, grouping, ordering, set
 * operators, keywords and tables. Both come from comparableParts.
 */
export function exactSetMatch(predicted: SpiderSql, gold: SpiderSql): boolean {
  return PARTS.every((same) => same(predicted, gold)) && sameTables(predicted, gold)
}

type Part = (predicted: SpiderSql, gold: SpiderSql) => boolean

const sameBag =
  (of: (sql: SpiderSql) => unknown[]): Part =>
  (predicted, gold) =>
    bagKey(of(predicted)) === bagKey(of(gold))

const PARTS: Part[] = [
  sameBag(({ select }) => select.units),
  sameBag(({ where }) => conditionsOf(where)),
  // Without the table: the name is what follows the first dot.
  sameBag(({ groupBy }) => groupBy.map(({ column }) => column.split('.')[1] ?? column)),
  sameGrouping,
  sameOrder,
  sameBag(({ where }) => [...new Set(connectorsOf(where))]),
  (predicted, gold) => sameNested(predicted.intersect, gold.intersect),
  (predicted, gold) => sameNested(predicted.except, gold.except),
  (predicted, gold) => sameNested(predicted.union, gold.union),
  sameBag(keywordsOf),
]

function sameGrouping(predicted: SpiderSql, gold: SpiderSql): boolean {
  if (predicted.groupBy.length === 0 && gold.groupBy.length === 0) return true
  const columns = ({ groupBy }: SpiderSql) => groupBy.map(({ column }) => column)
  return same(columns(predicted), columns(gold)) && same(predicted.having, gold.having)
}

function sameOrder(predicted: SpiderSql, gold: SpiderSql): boolean {
  if (predicted.orderBy === null && gold.orderBy === null) return true
  return same(predicted.orderBy, gold.orderBy) && predicted.limited === gold.limited
}

function sameNested(predicted: SpiderSql | null, gold: SpiderSql | null): boolean {
  if (predicted === null || gold === null) return predicted === gold
  return exactSetMatch(predicted, gold)
}

function keywordsOf(sql: SpiderSql): string[] {
  const parts = allConditions(sql)
  const conditions = parts.flatMap(conditionsOf)
  const words: [string, boolean][] = [
    ['where', sql.where.length > 0],
    ['group', sql.groupBy.length > 0],
    ['having', sql.having.length > 0],
    ['order', sql.orderBy !== null],
    [sql.orderBy?.direction ?? 'asc', sql.orderBy !== null],
    ['limit', sql.limited],
    ['except', sql.except !== null],
    ['union', sql.union !== null],
    ['intersect', sql.intersect !== null],
    ['or', parts.some((part) => connectorsOf(part).includes('or'))],
    ['not', conditions.some(({ negated }) => negated)],
    ['in', conditions.some(({ operator }) => operator === 'in')],
    ['like', conditions.some(({ operator }) => operator === 'like')],
  ]
  return words.flatMap(([word, has]) => (has ? [word] : []))
}

function sameTables(predicted: SpiderSql, gold: SpiderSql): boolean {
  return gold.sources.length === 0 || bagKey(predicted.sources) === bagKey(gold.sources)
}

function bagKey(items: unknown[]): string {
  return JSON.stringify(items.map((item) => JSON.stringify(item)).sort())
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
