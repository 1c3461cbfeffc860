const NAME = String.raw`(?:\w+|"[^"]+")(?:\.(?:\w+|"[^"]+"))?`
const DAY = String.raw`'\d{4}-\d\d-\d\d(?:[ T][\d:]+)?'`

/** strftime('%Y-%m', column) or strftime('%Y', column), compared with a whole day. */
const CUT_DATE = new RegExp(
  String.raw`strftime\(\s*'%Y(?:-%m)?'\s*,\s*(${NAME})\s*\)\s*(>=|<=|>|<|BETWEEN\s+${DAY}\s+AND)\s*(${DAY})`,
  'gi',
)

/**
 * Compares whole dates with whole dates: a month or year cut out of a column ('2026-10') sorts before all days of that month, so that a
 * bound such as '2026-10-01' would drop the very month that it is meant to begin with.
 */
export function fixDateBounds(sql: string): string {
  return sql.replace(CUT_DATE, (_, column: string, operator: string, day: string) => `${column} ${operator} ${day}`)
}
