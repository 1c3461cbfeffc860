import type { Column, Table } from '#databases/schema/schema.ts'
import { isSpeakable, spokenColumn } from './nouns.ts'

/** A column with its spoken name. */
export type Spoken = { column: Column; name: string }

/** A column of numbers that can be compared; `adds` where a sum of them means something. */
export type Measure = Spoken & { adds: boolean }

/** Columns of numbers that count or measure something, never keys, codes, years or phone numbers. */
export function measuresOf(table: Table): Measure[] {
  return table.columns
    .filter((column) => isNumeric(column) && !isKey(column, table) && !column.dateFormat)
    .map((column) => ({ column, name: spokenColumn(column.name, table.name) }))
    .filter(({ name }) => isSpeakable(name) && MEASURES.test(name) && !NO_MEASURE.test(name))
    .map((spoken) => ({ ...spoken, adds: ADDITIVE.test(spoken.name) }))
}

/** Columns of few texts that things can be grouped by. */
export function categoriesOf(table: Table): Spoken[] {
  return table.columns
    .filter((column) => isText(column) && !column.dateFormat && !isKey(column, table))
    .map((column) => ({ column, name: spokenColumn(column.name, table.name) }))
    .filter(({ column, name }) => isSpeakable(name) && !NO_CATEGORY.test(name) && hasGroups(column, name, table))
}

/** The columns that name a row to people: a name, a title, or first and last name. */
export function labelOf(table: Table): Column[] {
  const named = table.columns
    .filter((column) => isText(column) && !isForeign(column, table))
    .map((column) => ({ column, name: spokenColumn(column.name, table.name) }))
  const find = (pattern: RegExp) => named.find(({ name }) => pattern.test(name))?.column
  const single =
    find(/^(?:name|title|full name|product name|display name)$/) ??
    find(new RegExp(`^${spokenColumn(table.name, '')}$`))
  if (single) return [single]
  const [first, last] = [find(/^(?:f|first|fore|given) ?name$/), find(/^(?:l|last|sur|family) ?name$/)]
  return first && last ? [first, last] : []
}

function hasGroups(column: Column, name: string, table: Table): boolean {
  const texts = column.values
  if (texts.length === 0) return CATEGORIES.test(name) && table.rowCount !== null
  if (!column.valuesComplete || texts.length < 2 || texts.length > 40) return CATEGORIES.test(name) && texts.length > 1
  const repeats = texts.length <= 12 && (table.rowCount ?? 0) >= 2 * texts.length
  return repeats || CATEGORIES.test(name)
}

function isNumeric({ type, values }: Column): boolean {
  const known = values.filter((value) => value !== null)
  if (known.length > 0) return known.every((value) => typeof value === 'number') && new Set(known).size > 2
  return /INT|REAL|NUM|DEC|DOUB|FLOA|MONEY/i.test(type)
}

function isText({ type, values }: Column): boolean {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? known.every((value) => typeof value === 'string') : /CHAR|TEXT|STRING/i.test(type)
}

/** Keys, and columns that are named like one. */
export function isKey(column: Column, table: Table): boolean {
  return (
    table.primaryKey.includes(column.name) ||
    isForeign(column, table) ||
    /(?:^|[_ ])(?:id|key|uuid)$|[a-z]I[Dd]$/i.test(column.name)
  )
}

function isForeign(column: Column, table: Table): boolean {
  return table.foreignKeys.some((key) => key.columns.includes(column.name))
}

const MEASURES =
  /\b(?:price|cost|amount|total|salary|wage|budget|revenue|sales?|profits?|turnover|age|height|weight|length|width|depth|size|area|population|capacity|scores?|points?|rating|distance|duration|quantity|stock|balance|fees?|tax|speed|credits?|enrollment|enrolment|attendance|votes|goals|wins|losses|hours|minutes|income|value|temperature|humidity|gdp|assets|money|bonus|discount|tonnage|elevation|altitude|calories|stars|likes|views|followers|downloads|passengers|floors|pages|copies|employees|members|students|customers|shares|donation|loan|payment|refund|mileage|horsepower|market value|rainfall|medals|earnings)\b/
const NO_MEASURE =
  /\b(?:phone|zip|postal|postcode|code|year|month|day|number|no|rank|latitude|longitude|version|flag|is|has|date|time|first|last|to|of|from)\b/
const ADDITIVE =
  /\b(?:amount|total|budget|revenue|sales?|profits?|turnover|quantity|stock|balance|fees?|tax|enrollment|enrolment|attendance|votes|goals|wins|losses|income|money|bonus|points?|population|capacity|passengers|copies|donation|payment|refund|cost|hours|credits?|assets|followers|likes|views|downloads|employees|members|students|medals|earnings)\b/
const CATEGORIES =
  /\b(?:type|category|status|country|nationality|city|state|region|continent|county|town|gender|sex|color|colour|genre|class|kind|department|method|level|language|brand|position|party|segment|major|role|industry|currency|reason|hometown|home town|result|division|conference)\b/
const NO_CATEGORY =
  /\b(?:description|details?|comment|note|text|address|street|email|phone|url|website|password|name|title|date|time|year|number|zip|image|photo|approved|yn|mfu|flag)\b| (?:by|of|in|to|from|at|on)$/
