import {
  type ColumnUnit,
  type Condition,
  type Conditions,
  isQuery,
  type Operand,
  type SpiderSchema,
  type SpiderSql,
  type ValueUnit,
} from './spider-sql.ts'

/** Columns that a foreign key makes one, each with the one that stands for all. */
export type KeyColumns = Map<string, string>

/**
 * A query made ready to be compared: without values, without DISTINCT, and with one column for all that foreign keys tie together, as far as
 * Spider does it: queries within conditions only lose their values, and those within FROM are left alone.
 */
export function comparableParts(
  sql: SpiderSql,
  { schema, keys }: { schema: SpiderSchema; keys: KeyColumns },
): SpiderSql {
  return withOneColumn(withoutValues(sql), columnMap(sql, schema, keys))
}

function withoutValues(sql: SpiderSql): SpiderSql {
  return {
    ...sql,
    joins: sql.joins.map(blank),
    where: sql.where.map(blank),
    having: sql.having.map(blank),
    ...eachSet(sql, withoutValues),
  }
}

/** Only what stands at a condition's place: elsewhere Spider looks for "and" and "or". */
function blank(one: Conditions[number], at: number): Conditions[number] {
  if (typeof one === 'string' || at % 2 === 1) return one
  return { ...one, first: queryOnly(one.first), second: queryOnly(one.second) }
}

function queryOnly(operand: Operand): Operand {
  return isQuery(operand) ? withoutValues(operand) : null
}

/** For the columns of the tables in FROM, which are those of set operators' queries, too. */
function columnMap({ sources }: SpiderSql, schema: SpiderSchema, keys: KeyColumns): KeyColumns {
  const tables = sources.flatMap((source) => (source.kind === 'table_unit' ? [source.table.slice(2, -2)] : []))
  const columns = [...schema].flatMap(([table, names]) =>
    tables.includes(table) ? names.map((name) => `__${table}.${name}__`) : [],
  )
  return new Map(columns.map((column) => [column, keys.get(column) ?? column]))
}

function withOneColumn(sql: SpiderSql, map: KeyColumns): SpiderSql {
  const column = (unit: ColumnUnit): ColumnUnit => ({
    ...unit,
    column: map.get(unit.column) ?? unit.column,
    distinct: null,
  })
  const value = (unit: ValueUnit): ValueUnit => ({
    ...unit,
    left: column(unit.left),
    right: unit.right === null ? null : column(unit.right),
  })
  const condition = (one: Condition): Condition => ({ ...one, unit: value(one.unit) })
  const conditions = (all: Conditions): Conditions =>
    all.map((one, at) => (typeof one === 'string' || at % 2 === 1 ? one : condition(one)))
  return {
    ...sql,
    select: { distinct: null, units: sql.select.units.map((one) => ({ ...one, unit: value(one.unit) })) },
    joins: conditions(sql.joins),
    where: conditions(sql.where),
    groupBy: sql.groupBy.map(column),
    having: conditions(sql.having),
    orderBy: sql.orderBy && { ...sql.orderBy, units: sql.orderBy.units.map(value) },
    ...eachSet(sql, (one) => withOneColumn(one, map)),
  }
}

function eachSet(
  sql: SpiderSql,
  change: (one: SpiderSql) => SpiderSql,
): Pick<SpiderSql, 'intersect' | 'except' | 'union'> {
  return {
    intersect: sql.intersect && change(sql.intersect),
    except: sql.except && change(sql.except),
    union: sql.union && change(sql.union),
  }
}
