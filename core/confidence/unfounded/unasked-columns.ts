import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import { unusedAttributes } from '../../answerable/unused-attributes.ts'
import { standsFor, unnamedWords } from '../../fit/unasked/unexplained-words.ts'
import { isKey } from '../../sql/is-key.ts'
import { type Reference, readScopes } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import { schemaNames } from '../../sql/schema-names.ts'
import { expansionsOf } from '../../words/abbreviations.ts'
import { words } from '../../words/split-words.ts'

/** What a query is held against: the question, with the turn before, and its stretches that values and periods account for. */
export type AskedFor = { question: string; accounted: string[] }

/**
 * Columns that a query shows, filters, groups or sorts by and that the question does not ask for: the colors of schools where their
 * denominations are asked for. Names and titles are asked for wherever a thing is, keys where they are shown; what tables are joined over is
 * no matter of the question. Of 855 gold queries of the held-back databases 17 have one.
 */
export function unaskedColumns(asked: AskedFor, sql: string, schema: Schema): string[] {
  const names = schemaNames(schema)
  const scopes = readScopes(sql)
  const said = words(asked.question)
  const unasked = scopes
    .flatMap(({ references }) => references)
    .filter(({ clause }) => clause !== 'on' && clause !== 'from')
    .flatMap((reference) => {
      const referred = referredColumn(reference, names)
      const table = referred && names.table(referred.table)
      if (
        !table ||
        isAsked(reference, referred.column, { asked, said, sql, table, isOuter: reference.scope === scopes[0] })
      )
        return []
      return [{ column: `${table.name}.${referred.column.name}`, isShown: reference.clause === 'select' }]
    })
  const isFree = unasked.some(({ isShown }) => isShown) && mayChoose(unasked.length, asked, sql, schema)
  return [...new Set(unasked.flatMap(({ column, isShown }) => (isShown && isFree ? [] : [column])))]
}

/** "All parcels" asks for parcels: which of their columns are shown is for the query to choose. So it is for one that shows many. */
function mayChoose(unasked: number, asked: AskedFor, sql: string, schema: Schema): boolean {
  if (unasked > MOST_INSTEAD) return true
  return unnamedWords(sql, asked).length === 0 && unusedAttributes(asked.question, sql, schema).length === 0
}

/** What is shown in place of something else is seldom more than this. */
const MOST_INSTEAD = 2

type Place = { asked: AskedFor; said: string[]; sql: string; table: Table; isOuter: boolean }

function isAsked(
  reference: Reference,
  column: Column,
  { asked: { question }, said, sql, table, isOuter }: Place,
): boolean {
  if (isKey(table, column.name)) return !isOuter || !showsId(reference, sql) || said.some((word) => ID_WORDS.has(word))
  return filtersByAsked(reference, column, question) || isAskedFor(column, said, question)
}

/** A key is mostly there to join, count and group by: only where it is shown as such it answers something. */
function showsId({ clause, isTerm, column, qualifier }: Reference, sql: string): boolean {
  const isCounted = /\(\s*(?:distinct\s+)?$/i.test(sql.slice(0, (qualifier ?? column).start))
  return clause === 'select' && isTerm && !isCounted && words(column.name).includes('id')
}

const ID_WORDS = new Set('id ids identifier number no num code key nr ref reference'.split(' '))

/** "red" asks for the color whose value it is. */
function filtersByAsked({ literals }: Reference, column: Column, question: string): boolean {
  const texts = literals.filter(({ kind }) => kind !== 'number').map(({ name }) => name.toLowerCase())
  const held = new Set(column.values.map((value) => String(value).toLowerCase()))
  return texts.some((text) => held.has(text) && question.toLowerCase().includes(text))
}

/** Whether the last telling word of a column's name, which is what the column holds, is asked for. */
function isAskedFor(column: Column, asked: string[], question: string): boolean {
  const own = words(column.name)
  const held = own.filter((word) => !SAYS_LITTLE.test(word)).at(-1)
  if (held === undefined || NAMES.test(own.at(-1) ?? '')) return true
  if (column.dateFormat && TIMES.test(question)) return true
  if (IMPLIED.some(([pattern, implied]) => pattern.test(question) && own.some((word) => implied.has(word)))) return true
  return [held, ...expansionsOf(held)].some((one) => asked.some((word) => standsFor(one, word)))
}

/** What anything is called by, also behind the letters of a table ("lname"). */
const NAMES = /^\w{0,4}(?:name|title|label)$/

/** Words for what any column may hold, for units, and for how it holds something. */
const SAYS_LITTLE = new RegExp(
  `^(?:${[
    'text|value|first|last|full|other|line|detail|description|data|info',
    'count|number|num|no|nr|range|yn|flag|is|has|in|per|of|to',
    'code|dollar|usd|eur|euro|km|mile|meter|feet|foot|inch|inches|f|kg|g|mph|thousand|million|billion|percent|pct',
  ].join('|')})$`,
)

const TIMES =
  /\b(?:when|dates?|days?|weeks?|weekdays?|weekends?|months?|quarters?|years?|hours?|dai|weekl|monthl|yearl|today|yesterday|tonight|tomorrow|ago|during|until|old|young|new|recent|earl(?:y|ier|iest)|late|before|after|since|first|last|times?|ages?|long|(?:1[5-9]|20)\d\d)(?:er|est|st|ly|y)?\b/i

/** What a question asks for without naming it: a place by "where", an age by "oldest", an amount by "most". */
const IMPLIED: [RegExp, Set<string>][] = (
  [
    [/\bwho(?:m|se)?\b/i, 'person people player author'],
    [
      /\b(?:where|from|located|lives?|in)\b/i,
      'location city country address place state region nation nationality origin venue town county hometown street',
    ],
    [/\b(?:old(?:er|est)?|young(?:er|est)?|senior)\b/i, 'age birth birthday birthdate dob'],
    [/\b(?:long(?:er|est)?|short(?:er|est)?)\b/i, 'duration length distance time hour minute second millisecond'],
    [/\bhow far\b/i, 'distance'],
    [/\be-?mails?\b/i, 'email'],
    [
      /\bhow (?:big|large|high|tall|heavy|much|many)\b|\b(?:big|large|small|high|tall|low|heav|light|cheap|expensive|most|least|popul)\w*\b/i,
      'size height weight area population capacity price amount cost total salary budget share count quantity',
    ],
  ] satisfies [RegExp, string][]
).map(([pattern, implied]) => [pattern, new Set(implied.split(' '))])
