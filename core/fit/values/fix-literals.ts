import { quoteText } from '#databases/schema/quote-name.ts'
import type { AskedDatabase } from '../../asked-database.ts'
import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import { type ReferredColumn, referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { type Token, tokenizeSql } from '../../sql/tokenize-sql.ts'
import { editDistance } from '../../words/edit-distance.ts'
import { folded } from '../../words/folded.ts'
import { words } from '../../words/split-words.ts'
import { isTransposed } from '../../words/word-forms.ts'
import { isLetterOff } from './is-letter-off.ts'
import { isCodeFor, isShortFor } from './is-short-for.ts'
import { isSlip } from './is-slip.ts'

/** A text that a query compares a column with and that the column does not hold. */
export type UnknownValue = { table: string; column: string; value: string }

export type CheckedLiterals = { sql: string; notes: string[]; unknown: UnknownValue[] }

/**
 * Spells the texts that a query filters by as the database spells them ("clothes" becomes 'Clothes', "Munchen" 'München'). Texts that no
 * value comes near to are reported: the filter will find nothing. So are those that are near to a value and yet something else: Austria is
 * no Australia.
 */
export function fixLiterals(
  sql: string,
  { names, values, question }: { names: SchemaNames; values: AskedDatabase['values']; question: string },
): CheckedLiterals {
  const tokens = tokenizeSql(sql)
  const edits: Edit[] = []
  const notes: string[] = []
  const unknown: UnknownValue[] = []
  for (const reference of readScopes(sql).flatMap((scope) => scope.references)) {
    const column = referredColumn(reference, names)
    if (!column) continue
    for (const literal of reference.literals.filter((one) => !/[%_]/.test(one.name) && one.name !== '')) {
      const missing = readAsMissing(literal, column, tokens)
      if (missing) {
        edits.push(missing)
        continue
      }
      const near = spellingOf(literal, column, { values, question })
      if (near === undefined) unknown.push({ table: column.table, column: column.column.name, value: literal.name })
      else if (near !== null && near !== literal.name) {
        edits.push({ start: literal.start, end: literal.end, text: quoteText(near) })
        notes.push(`“${literal.name}” was read as ${column.table}.${column.column.name} “${near}”.`)
      }
    }
  }
  return { sql: applyEdits(sql, edits), notes, unknown }
}

/** `= 'null'` means rows without a value, unless the column holds that very text. */
function readAsMissing(literal: Token, { column }: ReferredColumn, tokens: Token[]): Edit | undefined {
  const operator = tokens[tokens.findIndex(({ start }) => start === literal.start) - 1]
  const test = NULL_TESTS[operator?.text.toUpperCase() ?? '']
  if (!operator || !test || literal.name.toLowerCase() !== 'null') return undefined
  const isHeld = column.values.some((value) => typeof value === 'string' && value.toLowerCase() === 'null')
  return isHeld ? undefined : { start: operator.start, end: literal.end, text: test }
}

const NULL_TESTS: Record<string, string> = {
  '=': 'IS NULL',
  '==': 'IS NULL',
  IS: 'IS NULL',
  LIKE: 'IS NULL',
  '!=': 'IS NOT NULL',
  '<>': 'IS NOT NULL',
}

/** The value as the column spells it; null where that cannot be known, undefined where the column holds nothing near. */
function spellingOf(
  literal: Token,
  { table, column }: ReferredColumn,
  { values, question }: { values: AskedDatabase['values']; question: string },
): string | null | undefined {
  if (column.dateFormat) return null
  const known = column.values.filter((value): value is string => typeof value === 'string')
  if (known.length === 0) return null
  if (known.includes(literal.name)) return literal.name
  // A letter that the model spells byte by byte may come out broken.
  const wanted = literal.name.replaceAll(BROKEN, '')
  const indexed = column.valuesComplete
    ? []
    : values
        .match(wanted, 20)
        .filter((found) => found.table === table && found.column === column.name)
        .map((found) => found.value)
  if (indexed.includes(literal.name)) return literal.name
  const all = [...new Set([...known, ...indexed])]
  const found =
    onlyOne(all, (value) => sameBut(words(column.name), value, wanted)) ?? nearest(all, literal.name, question)
  if (found !== undefined) return found
  const shortened = onlyOne(all, (value) => isShortFor(value, wanted))
  if (shortened !== undefined) return shortened
  if (!column.valuesComplete) return null
  return (
    onlyOne(known, (value) => isCodeFor(value, wanted)) ?? onlyOne(known, (value) => isLetterOff(literal.name, value))
  )
}

function onlyOne(values: string[], suits: (value: string) => boolean): string | undefined {
  const [found, ...more] = values.filter(suits)
  return more.length === 0 ? found : undefined
}

/** Whether two texts differ only by what the column is called: "Sonoma County" in a column County, 1 for "Division 1". */
function sameBut(column: string[], value: string, wanted: string): boolean {
  const rest = (text: string) =>
    words(folded(text))
      .filter((word) => !column.includes(word))
      .join(' ')
  return rest(wanted) !== '' && rest(value) === rest(wanted)
}

/** The value that misses the fewest letters, where it may be the same thing misspelt; other digits are another value. */
function nearest(values: string[], written: string, question: string): string | undefined {
  // A letter that came out broken says nothing.
  const wanted = written.replaceAll(BROKEN, '')
  const digits = wanted.replace(/\D/g, '')
  return values
    .filter((value) => value.replace(/\D/g, '') === digits)
    .map((value) => ({ value, distance: distance(value, wanted) }))
    .filter((one) => one.distance <= FARTHEST)
    .sort((one, other) => one.distance - other.distance)
    .find(({ value }) => wanted !== written || isSlip(wanted, value, question))?.value
}

const BROKEN = '\uFFFD'

/** Share of letters that may differ in a misspelt value. */
const FARTHEST = 0.25

function distance(value: string, wanted: string): number {
  const [a, b] = [folded(value), folded(wanted)]
  if (a === b) return 0
  return (isTransposed(a, b) ? 1 : editDistance(a, b)) / Math.max(a.length, b.length, 1)
}
