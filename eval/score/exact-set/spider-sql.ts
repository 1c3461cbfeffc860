/** A column, perhaps within an aggregate. `column` is `__table.name__`, or `__all__` for the asterisk. `distinct` is null where it does not count. */
export type ColumnUnit = { aggregate: string; column: string; distinct: boolean | null }

/** A column, or two with an arithmetic operator between. */
export type ValueUnit = { operator: string; left: ColumnUnit; right: ColumnUnit | null }

/** What a column is compared with; null where it does not count. */
export type Operand = number | string | ColumnUnit | SpiderSql | null

export type Condition = { negated: boolean; operator: string; unit: ValueUnit; first: Operand; second: Operand }

/** Conditions with "and" and "or" between them. */
export type Conditions = (Condition | 'and' | 'or')[]

export type Source = { kind: 'table_unit'; table: string } | { kind: 'sql'; sql: SpiderSql }

/** A query as Spider's exact-set match takes it apart. */
export type SpiderSql = {
  select: { distinct: boolean | null; units: { aggregate: string; unit: ValueUnit }[] }
  sources: Source[]
  joins: Conditions
  where: Conditions
  groupBy: ColumnUnit[]
  having: Conditions
  orderBy: { direction: string; units: ValueUnit[] } | null
  limited: boolean
  intersect: SpiderSql | null
  except: SpiderSql | null
  union: SpiderSql | null
}

/** Tables with their columns, in small letters, in the order of the database. */
export type SpiderSchema = Map<string, string[]>

export const SET_OPERATORS = ['intersect', 'union', 'except'] as const

/** What stands at the places of conditions: every other one, from the first. */
export function conditionsOf(conditions: Conditions): Condition[] {
  return conditions.filter((one, at): one is Condition => at % 2 === 0 && typeof one === 'object')
}

/** What stands between conditions. */
export function connectorsOf(conditions: Conditions): Conditions {
  return conditions.filter((_, at) => at % 2 === 1)
}

/** True where an operand is a query of its own. */
export function isQuery(operand: Operand): operand is SpiderSql {
  return operand !== null && typeof operand === 'object' && 'sources' in operand
}

/** What stands for a prediction that cannot be read. */
export function emptyQuery(): SpiderSql {
  return {
    select: { distinct: false, units: [] },
    sources: [],
    joins: [],
    where: [],
    groupBy: [],
    having: [],
    orderBy: null,
    limited: false,
    intersect: null,
    except: null,
    union: null,
  }
}
