import type { Expression } from '#databases/gate/query.ts'
import { aliased, columnOf, type QueryScope } from '../sql/query-scope.ts'

/** What kind of value an expression has, as far as the schema and the SQL tell. */
export type ValueKind = 'integer' | 'number' | 'date' | 'text' | 'unknown'

const DATES = new Set(['date', 'datetime', 'strftime', 'current_date', 'current_timestamp'])
const INTEGERS = new Set(['count', 'length', 'instr', 'row_number', 'rank', 'dense_rank', 'ntile', 'unicode'])
const NUMBERS = new Set(['avg', 'total', 'julianday', 'round', 'sqrt', 'percent_rank', 'cume_dist'])
const TEXTS = new Set([
  'lower',
  'upper',
  'trim',
  'ltrim',
  'rtrim',
  'substr',
  'replace',
  'group_concat',
  'printf',
  'format',
  'hex',
])
/** Functions that give back a value of the kind of their first argument. */
const ALIKE = new Set([
  'sum',
  'min',
  'max',
  'abs',
  'coalesce',
  'ifnull',
  'nullif',
  'lag',
  'lead',
  'first_value',
  'last_value',
])

export function kindOf(expression: Expression, scope: QueryScope): ValueKind {
  switch (expression.kind) {
    case 'column':
      return kindOfColumn(expression, scope)
    case 'literal':
      return kindOfLiteral(expression.value)
    case 'call':
      return kindOfCall(expression, scope)
    case 'arithmetic':
      return kindOfArithmetic(expression, scope)
    case 'negative':
    case 'collate':
      return kindOf(expression.of, scope)
    case 'cast':
      return kindOfType(expression.type)
    case 'case':
      return kindOf(expression.whens[0]?.[1] ?? { kind: 'literal', value: null }, scope)
    case 'subquery': {
      const { body } = expression.query
      const item = body.kind === 'select' ? body.items[0]?.expression : undefined
      return item ? kindOf(item, { ...scope, outer: scope }) : 'unknown'
    }
    default:
      return 'unknown'
  }
}

function kindOfColumn(expression: Expression, scope: QueryScope): ValueKind {
  const column = columnOf(expression, scope)
  if (column?.dateFormat && column.dateFormat !== 'year') return 'date'
  if (column) return kindOfType(column.type)
  const item = aliased(expression, scope)
  return item && item !== expression ? kindOf(item, { ...scope, items: [] }) : 'unknown'
}

function kindOfLiteral(value: unknown): ValueKind {
  if (typeof value === 'bigint') return 'integer'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'string' ? 'text' : 'unknown'
}

function kindOfCall(call: Expression & { kind: 'call' }, scope: QueryScope): ValueKind {
  if (INTEGERS.has(call.name)) return 'integer'
  if (NUMBERS.has(call.name)) return 'number'
  if (DATES.has(call.name)) return 'date'
  if (TEXTS.has(call.name)) return 'text'
  const [first] = call.args
  return ALIKE.has(call.name) && first ? kindOf(first, scope) : 'unknown'
}

function kindOfArithmetic(
  { operator, left, right }: Expression & { kind: 'arithmetic' },
  scope: QueryScope,
): ValueKind {
  if (operator === '||') return 'text'
  return kindOf(left, scope) === 'integer' && kindOf(right, scope) === 'integer' ? 'integer' : 'number'
}

function kindOfType(type: string): ValueKind {
  if (/int/i.test(type)) return 'integer'
  if (/char|clob|text/i.test(type)) return 'text'
  if (/date|time/i.test(type)) return 'date'
  return /real|floa|doub|num|dec|money/i.test(type) ? 'number' : 'unknown'
}
