import type { Schema } from '#databases/schema/schema.ts'
import type { AnswerPart } from './ask-settings.ts'
import type { AskedDatabase } from './asked-database.ts'
import type { PeriodHint } from './linking/link-periods.ts'
import { compareWithAll } from './names/compare-with-all.ts'
import { dropIdleJoins } from './names/drop-idle-joins.ts'
import { fixFunctions } from './names/fix-functions.ts'
import { fixNames, type NamedQuery, type UnknownName } from './names/fix-names.ts'
import { mendJoins } from './names/mend-joins.ts'
import { mendMemberships } from './names/mend-memberships.ts'
import { countGroups } from './repair/count-groups.ts'
import { fixPeriods } from './repair/fix-periods.ts'
import { groupByUnit } from './repair/group-by-unit.ts'
import { dropUnasked, type UnaskedFilter } from './values/drop-unasked.ts'
import { fixLiterals, type UnknownValue } from './values/fix-literals.ts'

export type FitParts = {
  database: Pick<AskedDatabase, 'schema' | 'values'>
  /** The texts that a filter may come from. */
  asked: string[]
  periods: PeriodHint[]
  /** Steps that are left out. */
  without?: readonly AnswerPart[]
}

/** A query that fits the schema and its values as far as only one reading makes sense; `notes` say what was changed. */
export type FittedQuery = {
  sql: string
  notes: string[]
  unknownNames: UnknownName[]
  unknownValues: UnknownValue[]
}

/** Mends a written query: what it counts, functions, periods and names of the schema, then the texts that it filters by. */
export function fitQuery(draft: string, { database, asked, periods, without = [] }: FitParts): FittedQuery {
  const { schema, values } = database
  const written = countGroups(draft, asked[0] ?? '') ?? draft
  const named = without.includes('names')
    ? { sql: fixPeriods(written, periods), notes: [], unknown: [] }
    : mendJoined(fixNames(fixPeriods(fixFunctions(written), periods), schema, asked), schema, asked)
  if (without.includes('values'))
    return { sql: named.sql, notes: named.notes, unknownNames: named.unknown, unknownValues: [] }
  const spelt = fixLiterals(named.sql, schema, values)
  const { sql, dropped } = dropUnasked(spelt.sql, asked, schema)
  return {
    sql,
    notes: [...named.notes, ...spelt.notes, ...dropped.map(sayDropped)],
    unknownNames: named.unknown,
    unknownValues: spelt.unknown,
  }
}

/** Joins over the wrong columns, joins for nothing, days for months, and `= (SELECT …)` where several rows may come. */
function mendJoined(named: NamedQuery, schema: Schema, asked: string[]): NamedQuery {
  if (named.unknown.length > 0) return named
  const mended = mendJoins(named.sql, schema)
  const lean = dropIdleJoins(mended.sql, schema, asked)
  const { sql, notes } = mendMemberships(compareWithAll(groupByUnit(lean.sql, asked[0] ?? '', schema)), schema)
  return { sql, notes: [...named.notes, ...mended.notes, ...lean.notes, ...notes], unknown: [] }
}

function sayDropped({ column, value }: UnaskedFilter): string {
  return `A filter by ${column} “${value}” was left out, since the question does not ask for it.`
}
