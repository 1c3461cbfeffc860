import type { Schema, Table } from '#databases/schema/schema.ts'
import { quoteName } from '../sql/quote-name.ts'
import { words } from '../words/split-words.ts'
import { mainDateColumn } from './link-periods.ts'

/** Pieces of SQL that the wording of a question calls for: months as groups, rows without a partner. Each as `words: SQL`. */
export function linkShape(question: string, schema: Schema): string[] {
  return [...perUnit(question, schema), ...withoutPartner(question, schema)]
}

/** "per month", "monthly", "by year": how the main date column is grouped. */
function perUnit(question: string, schema: Schema): string[] {
  const found = PER_UNIT.exec(question)
  const unit = UNITS[(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').toLowerCase()]
  const place = unit && mainDateColumn(question, schema)
  if (!found || !unit || !place) return []
  const column = `${quoteName(place.table.name)}.${quoteName(place.column.name)}`
  const { dateFormat } = place.column
  if (dateFormat === 'year' || dateFormat === undefined) return []
  const epoch = {
    'epoch-seconds': ", 'unixepoch'",
    'epoch-milliseconds': " / 1000, 'unixepoch'",
    date: '',
    datetime: '',
  }[dateFormat]
  const part = (format: string) => `strftime('${format}', ${column}${epoch})`
  const grouped = unit === QUARTER ? `${part('%Y')}, (${part('%m')} + 2) / 3` : part(unit)
  return [`"${found[0]}" means GROUP BY ${grouped}`]
}

const EACH = String.raw`(?:per|by|each|every|for each|in each)\s+(?:calendar\s+)?`
const WEEKDAY = 'weekday|day of the week'
const PER_UNIT = new RegExp(
  String.raw`\b(?:(?:${EACH}|which\s+)(${WEEKDAY})|${EACH}(day|week|month|quarter|year)|(daily|weekly|monthly|quarterly|yearly|annually))\b`,
  'i',
)

/** SQLite has no name for it. */
const QUARTER = 'quarter'

const UNITS: Record<string, string> = {
  weekday: '%w',
  'day of the week': '%w',
  day: '%Y-%m-%d',
  daily: '%Y-%m-%d',
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
