import { pluralize } from 'inflection'
import { coverWords } from '#core/answerable/cover-words.ts'
import { sayMissing } from '#core/generate/no-answer.ts'
import { tokenizeSql } from '#core/sql/tokenize-sql.ts'
import { words } from '#core/words/split-words.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import { restyle } from '../everyday/restyle.ts'
import type { TrainingExample } from '../training-example.ts'
import { ATTRIBUTES, PREDICATES } from './attributes.ts'

/** So many attributes are tried before none is taken: most schemas know some of their words. */
const TRIES = 8

/**
 * The example with one of its columns asked for by the name of something that the schema does not hold ("the shoe size of each singer"),
 * next to which the example itself stays answerable. `others` are tables of other databases, whose columns lend their names. Null where the
 * question names no column that it could be asked for instead of.
 */
export function askedInVain(
  example: TrainingExample,
  schema: Schema,
  others: Table[],
  draws: Draws,
): TrainingExample | null {
  const places = schema.tables
    .flatMap((table) => table.columns.filter((column) => !isKey(column, table)))
    .flatMap((column) => {
      const place = mention(column, example)
      return place ? [place] : []
    })
  if (places.length === 0) return null
  const place = draws.pick(places)
  const missing = lacking(schema, () =>
    others.length > 0 && draws.chance(0.5) ? columnName(others, draws) : draws.pick(ATTRIBUTES),
  )
  if (missing === null) return null
  const said = place.isPlural ? pluralize(missing) : missing
  const text = example.text.slice(0, place.start) + said + example.text.slice(place.end)
  return { ...unanswerable(text, missing, example.now), ...(example.clock && { clock: example.clock }) }
}

/** A question in words of our own about a thing of the schema and what nothing in it tells. Null where everything that was tried is told of. */
export function askedOfTable({ tables, ...rest }: Schema, now: Date, draws: Draws): TrainingExample | null {
  const table = draws.pick(tables)
  const things = pluralize(words(table.name).join(' '))
  if (draws.chance(0.4)) {
    const [says, missing] = draws.pick(PREDICATES)
    if (!isLacking(`${says} ${missing}`, { tables, ...rest })) return null
    return unanswerable(
      restyle(draws.pick(WHICH).replace('{things}', things).replace('{says}', says), draws, []),
      missing,
      now,
    )
  }
  const missing = lacking({ tables, ...rest }, () => draws.pick(ATTRIBUTES))
  if (missing === null) return null
  const text = draws
    .pick(WHAT)
    .replace('{things}', things)
    .replace('{attributes}', pluralize(missing))
    .replace('{attribute}', missing)
  return unanswerable(restyle(text, draws, []), missing, now)
}

const WHICH = [
  'Which {things} {says}?',
  'How many {things} {says}?',
  'List the {things} that {says}.',
  'Show me all {things} which {says}',
]

const WHAT = [
  'What is the {attribute} of each of the {things}?',
  'Which {things} have the highest {attribute}?',
  'What is the average {attribute} of the {things}?',
  'List all {things} with their {attribute}.',
  'How many {things} are there for each {attribute}?',
  'Show the {things} sorted by {attribute}',
  'Do the {things} differ in {attribute}?',
  'Give me the {attributes} of all {things}.',
  'How many {things} have no {attribute}?',
  'What are the different {attributes} among the {things}?',
]

function unanswerable(text: string, missing: string, now: Date): TrainingExample {
  return { source: 'unanswerable', text, sql: sayMissing(missing), now }
}

/** A name that the schema lacks, among those that were drawn. */
function lacking(schema: Schema, draw: () => string): string | null {
  const drawn = Array.from({ length: TRIES }, draw)
  return drawn.find((name) => isLacking(name, schema)) ?? null
}

/** Whether what it is about, its last word, means nothing in a schema. */
function isLacking(name: string, schema: Schema): boolean {
  const { unknown } = coverWords({ question: name, schema, values: [], periods: [] })
  return unknown.includes(words(name).at(-1) ?? '')
}

function columnName(tables: Table[], draws: Draws): string {
  return words(draws.pick(draws.pick(tables).columns).name).join(' ')
}

function isKey({ name }: Column, table: Table): boolean {
  return table.primaryKey.includes(name) || table.foreignKeys.some(({ columns }) => columns.includes(name))
}

/** Where a question names a column that its query reads, and does not compare with a text: "singers from the country France" names what France is. */
function mention(
  { name }: Column,
  { text, sql }: TrainingExample,
): { start: number; end: number; isPlural: boolean } | null {
  const tokens = tokenizeSql(sql)
  const uses = tokens.flatMap((token, at) => (token.name.toLowerCase() === name.toLowerCase() ? [at] : []))
  const isCompared = uses.some((at) => tokens.slice(at + 1, at + 4).some(({ kind }) => kind === 'string'))
  const parts = words(name)
  if (uses.length === 0 || isCompared || parts.join('').length < 3) return null
  const found = new RegExp(`\\b${parts.join('[ _-]')}(?<plural>e?s)?\\b`, 'i').exec(text)
  return (
    found && { start: found.index, end: found.index + found[0].length, isPlural: found.groups?.plural !== undefined }
  )
}
