import type { Schema, Table } from '#databases/schema/schema.ts'
import { quoteName } from '../sql/quote-name.ts'
import { words } from '../words/split-words.ts'
import { mainDateColumn } from './link-periods.ts'

/** Pieces of SQL that the wording of a question calls for: months as groups, rows without a partner. Each as `words: SQL`. */
export function linkShape(question: string, schema: Schema): string[] {
  return [...perUnit(question, schema), ...withoutPartner(question, schema)]
}

function perUnit(question: string, schema: Schema): string[] {
  const found = unitAsked(question, schema)
  if (!found) return []
  const column = `${quoteName(found.table)}.${quoteName(found.column)}`
  return [`"${found.said}" means GROUP BY ${found.groupsOf(column).join(', ')}`]
}

/** A unit of time that a question counts by, as `said` there; `groupsOf` gives what to group by for the date column as a query calls it. */
type UnitAsked = {
  said: string
  table: string
  column: string
  isDay: boolean
  groupsOf(column: string): string[]
}

/** "per month", "monthly", "by year": how the main date column is grouped; undefined where the question names no unit. */
export function unitAsked(question: string, schema: Schema): UnitAsked | undefined {
  const found = PER_UNIT.exec(question)
  const unit = UNITS[(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').toLowerCase()]
  const place = unit && mainDateColumn(question, schema)
  if (!found || !unit || !place) return undefined
  const { dateFormat } = place.column
  if (dateFormat === 'year' || dateFormat === undefined) return undefined
  const epoch = {
    'epoch-seconds': ", 'unixepoch'",
    'epoch-milliseconds': " / 1000, 'unixepoch'",
    date: '',
    datetime: '',
  }[dateFormat]
  const part = (format: string, column: string) => `strftime('${format}', ${column}${epoch})`
  return {
    said: found[0],
    table: place.table.name,
    column: place.column.name,
    isDay: unit === DAY,
    groupsOf: (column) =>
      unit === QUARTER ? [part('%Y', column), `(${part('%m', column)} + 2) / 3`] : [part(unit, column)],
  }
}

const EACH = String.raw`(?:per|by|each|every|for each|in each)\s+(?:calendar\s+)?`
const WEEKDAY = 'weekday|day of the week'
const PER_UNIT = new RegExp(
  String.raw`\b(?:(?:${EACH}|which\s+)(${WEEKDAY})|${EACH}(day|week|month|quarter|year)|(daily|weekly|monthly|quarterly|yearly|annually))\b`,
  'i',
)

/** SQLite has no name for it. */
const QUARTER = 'quarter'
const DAY = '%Y-%m-%d'

const UNITS: Record<string, string> = {
  weekday: '%w',
  'day of the week': '%w',
  day: DAY,
  daily: DAY,
  week: '%Y-%W',
  weekly: '%Y-%W',
  month: '%Y-%m',
  monthly: '%Y-%m',
  quarter: QUARTER,
  quarterly: QUARTER,
  year: '%Y',
  yearly: '%Y',
  annually: '%Y',
}

/** "customers who never ordered": rows of one table that another one does not point to. */
function withoutPartner(question: string, schema: Schema): string[] {
  const found = NEVER.exec(question)
  if (!found) return []
  const asked = words(question)
  const position = (table: Table) => asked.indexOf(words(table.name).at(-1) ?? '')
  const mentioned = schema.tables
    .filter((table) => position(table) >= 0)
    .sort((one, other) => position(one) - position(other))
  const [subject] = mentioned
  if (!subject) return []
  const pointing = schema.tables.flatMap((table) =>
    table.foreignKeys
      .filter((key) => key.references.table === subject.name && key.columns.length === 1)
      .map((key) => ({ table, from: key.columns[0] ?? '', to: key.references.columns[0] ?? '' })),
  )
  const chosen =
    pointing.find(({ table }) => mentioned.includes(table)) ?? (pointing.length === 1 ? pointing[0] : undefined)
  if (!chosen) return []
  const inner = `SELECT ${quoteName(chosen.from)} FROM ${quoteName(chosen.table.name)}`
  return [`"${found[0]}" means ${quoteName(subject.name)}.${quoteName(chosen.to)} NOT IN (${inner})`]
}

const NEVER =
  /\b(?:never|without(?: any)?|(?:do|does|did|have|has|had|is|are|was|were)(?: not|n['’]t)(?: (?:have|had|been|placed|made|any|yet))*|(?:have|has|had|with) no)\b/i
