import type { Column, Schema, Table } from '#databases/schema/schema.ts'
import type { ResolvedPeriod } from '../answer.ts'
import { periodCondition } from '../periods/period-condition.ts'
import { words } from '../words/split-words.ts'

/** A period of the question, as conditions on the date columns that it can be about, likeliest first. */
export type PeriodHint = { period: ResolvedPeriod; conditions: string[] }

/** More choices than this confuse more than they help. */
const MOST_CONDITIONS = 2

type DatePlace = { table: Table; column: Column; score: number }

/** Puts each period of the question on the date columns of the tables that the question is about. */
export function linkPeriods(question: string, periods: ResolvedPeriod[], schema: Schema): PeriodHint[] {
  const places = datePlaces(question, schema)
  const best = places[0]?.score ?? 0
  const likely = places.filter((one) => one.score >= best - 0.5).slice(0, MOST_CONDITIONS)
  return periods
    .map((period) => ({
      period,
      conditions: likely
        // "in 2009" on a column of years needs no translation.
        .filter(({ column }) => column.dateFormat !== 'year' || !/\d{4}/.test(period.text))
        .map(({ table, column }) => periodCondition(table.name, column, period))
        .filter((condition): condition is string => Boolean(condition)),
    }))
    .filter(({ conditions }) => conditions.length > 0)
}

/** The date column that a question about time is likeliest about. */
export function mainDateColumn(question: string, schema: Schema): DatePlace | undefined {
  return datePlaces(question, schema)[0]
}

/** How likely a question is about a date column of a schema, beside its others; a table that it names counts 3. */
export function dateScore(question: string, schema: Schema, table: string, column: string): number {
  const place = datePlaces(question, schema).find((one) => one.table.name === table && one.column.name === column)
  return place?.score ?? Number.NEGATIVE_INFINITY
}

/** All date columns, likeliest first. */
function datePlaces(question: string, schema: Schema): DatePlace[] {
  const asked = new Set(words(question))
  const isAboutTrade = words(question.replace(NO_TRADE, '')).some((word) => TRADE.has(word))
  const traded = isAboutTrade ? tradedTables(schema) : new Set<string>()
  return schema.tables
    .flatMap((table) => table.columns.map((column) => ({ table, column })))
    .filter(({ column }) => column.dateFormat)
    .map((one) => ({ ...one, score: score(one.table, one.column.name, asked, traded.has(one.table.name)) }))
    .sort((one, other) => other.score - one.score)
}

/**
 * The table's name in the question weighs most, then words of the column; birthdays are rarely what a period is about. A question about money
 * is about a table that holds amounts; where all else is equal it is about what happens often, not about whom it happens to. What was sold
 * last month was not put on sale then: for questions about trade, dates of the things and people that trade is about come last.
 */
function score(table: Table, column: string, asked: Set<string>, isTraded: boolean): number {
  const inQuestion = (name: string) => words(name).filter((word) => asked.has(word)).length
  const unlikely = /birth|dob|expir|valid/i.test(column) && inQuestion(column) === 0 ? 2 : 0
  const isAboutMoney = [...asked].some((word) => MONEY.has(word)) && table.columns.some(({ name }) => AMOUNT.test(name))
  const often = Math.log10((table.rowCount ?? 0) + 1) / 10
  const ofTheThing = isTraded && inQuestion(column) === 0 ? 4 : 0
  return (
    3 * Math.min(inQuestion(table.name), 1) +
    2 * inQuestion(column) +
    (isAboutMoney ? 1 : 0) +
    often -
    unlikely -
    ofTheThing
  )
}

/** Tables that others point to and that hold neither keys nor takings of their own: what trade is about, not trade. */
function tradedTables(schema: Schema): Set<string> {
  const pointedTo = new Set(schema.tables.flatMap((table) => table.foreignKeys.map((key) => key.references.table)))
  const isDated = ({ columns }: Table) => columns.some(({ dateFormat }) => dateFormat && dateFormat !== 'year')
  const happens = schema.tables.some((table) => table.foreignKeys.length > 0 && isDated(table))
  const traded = schema.tables.filter(
    ({ name, foreignKeys, columns }) =>
      foreignKeys.length === 0 && pointedTo.has(name) && !columns.some((column) => TAKINGS.test(column.name)),
  )
  return new Set(happens ? traded.map(({ name }) => name) : [])
}

const MONEY = new Set(
  'revenue turnover sale income earning profit spend spent spending paid pay money cost taking earned earn'.split(' '),
)
const TRADE = new Set([...MONEY, ...'sold sell selling seller bought buy purchased purchase ordered'.split(' ')])
/** Customers ordered by name have ordered nothing yet, and what is on sale is not sold. */
const NO_TRADE = /\bordered by\b|\b(?:on|for) sale\b/gi

const AMOUNT = /amount|total|price|cost|revenue|sales|fee|paid|payment/i
const TAKINGS = /amount|total|revenue|sales|gross|income|earning|profit|turnover|budget|paid|payment/i
