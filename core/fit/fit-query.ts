import type { AnswerPart } from '../ask-settings.ts'
import type { AskedDatabase } from '../asked-database.ts'
import type { PeriodHint } from '../linking/link-periods.ts'
import type { SchemaNames } from '../sql/schema-names.ts'
import { compareWithAll } from './joins/compare-with-all.ts'
import { joinCounted } from './joins/join-counted.ts'
import { mendJoins } from './joins/mend-joins.ts'
import { mendMemberships } from './joins/mend-memberships.ts'
import { fixFunctions } from './names/fix-functions.ts'
import { fixNames, type NamedQuery, type UnknownName } from './names/fix-names.ts'
import { averageOfCounts } from './operations/average-of-counts.ts'
import { countGroups } from './operations/count-groups.ts'
import { divideExactly } from './operations/divide-exactly.ts'
import { fixDateCalls } from './operations/fix-date-calls.ts'
import { fixDirection } from './operations/fix-direction.ts'
import { fixPeriods } from './operations/fix-periods.ts'
import { groupByUnit } from './operations/group-by-unit.ts'
import { groupShown } from './operations/group-shown.ts'
import { priceTimesQuantity } from './operations/price-times-quantity.ts'
import { rankByNamed } from './operations/rank-by-named.ts'
import { showNames } from './operations/show-names.ts'
import { skipNulls } from './operations/skip-nulls.ts'
import { takeMedian } from './operations/take-median.ts'
import { dropUnasked } from './unasked/drop-unasked.ts'
import { dropUnaskedJoins } from './unasked/unasked-join.ts'
import type { Asked } from './unasked/unexplained-words.ts'
import { fixLiterals, type UnknownValue } from './values/fix-literals.ts'

export type FitParts = {
  database: Pick<AskedDatabase, 'schema' | 'values'>
  /** Those of the database's schema. */
  names: SchemaNames
  question: string
  /** All texts that a part of the query may come from, the question among them. */
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
export function fitQuery(draft: string, parts: FitParts): FittedQuery {
  const { database, names, question, periods, without = [] } = parts
  const written = countGroups(draft, question) ?? averageOfCounts(draft, question, names) ?? draft
  const named = without.includes('names')
    ? { sql: fixPeriods(written, periods, database.schema), notes: [], unknown: [] }
    : mendJoined(mendDates(fixNames(fixFunctions(written), names), parts), parts)
  if (without.includes('values'))
    return { sql: named.sql, notes: named.notes, unknownNames: named.unknown, unknownValues: [] }
  const spelt = fixLiterals(named.sql, { names, values: database.values, question })
  const lean = dropUnasked(spelt.sql, askedOf(parts), database.schema)
  return {
    sql: lean.sql,
    notes: [...named.notes, ...spelt.notes, ...lean.notes],
    unknownNames: named.unknown,
    unknownValues: spelt.unknown,
  }
}

function mendDates(named: NamedQuery, { database: { schema }, periods }: FitParts): NamedQuery {
  return { ...named, sql: fixPeriods(fixDateCalls(named.sql, schema), periods, schema) }
}

/**
 * Joins over the wrong columns, joins for nothing, ranks by something else than was named, prices without their quantity, what is counted
 * left out, keys for names, averages for medians, groups that are missing, days for months, the wrong end of what is sorted, `= (SELECT …)`
 * where several rows may come, fractions that are cut off, and rows that a missing value decides for.
 */
function mendJoined(named: NamedQuery, parts: FitParts): NamedQuery {
  const { database, names, question } = parts
  if (named.unknown.length > 0) return named
  const mended = mendJoins(named.sql, names)
  const lean = dropUnaskedJoins(mended.sql, askedOf(parts), names)
  const ranked = rankByNamed(lean.sql, question, names)
  const counted = priceTimesQuantity(ranked.sql, question, names)
  const joined = joinCounted(counted.sql, question, names)
  const shown = showNames(joined.sql, question, names)
  const middle = takeMedian(shown.sql, question, names) ?? shown.sql
  const grouped = groupByUnit(groupShown(middle, question), question, database.schema)
  const { sql, notes } = mendMemberships(compareWithAll(fixDirection(grouped, question, database.schema)), names)
  return {
    sql: skipNulls(divideExactly(sql, names), names),
    notes: [named, mended, lean, ranked, counted, joined, shown, { notes }].flatMap((step) => step.notes),
    unknown: [],
  }
}

function askedOf({ question, asked, periods }: FitParts): Asked {
  return { question, known: asked, accounted: periods.map(({ period }) => period.text) }
}
