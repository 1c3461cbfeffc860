import { expect, test } from 'vitest'
import { linkPeriods } from '../linking/link-periods.ts'
import { findPeriods } from '../periods/find-periods.ts'
import { schemaNames } from '../sql/schema-names.ts'
import { plainColumn, schemaOf, table } from '../testing/school-schema.ts'
import { findDoubt } from './find-doubt.ts'

const clock = {
  now: new Date('2026-11-17T14:00:00Z'),
  timeZone: 'Europe/Berlin',
  weekStart: 'monday' as const,
  locale: 'en-GB',
}
const orders = table('orders', 'id! INTEGER', 'amount REAL')
orders.columns.push(plainColumn('created', 'INTEGER', { dateFormat: 'epoch-seconds' }))
const films = table('films', 'id! INTEGER', 'length INTEGER')
films.columns.push(plainColumn('yr', 'INTEGER', { dateFormat: 'year' }))
const visits = table('visits', 'id! INTEGER')
visits.columns.push(plainColumn('at', 'TEXT', { dateFormat: 'datetime' }))
const people = table('people', 'id! INTEGER', 'age INTEGER')

const OF: Record<string, ReturnType<typeof schemaOf>> = {
  orders: schemaOf(orders),
  films: schemaOf(films),
  visits: schemaOf(visits),
  people: schemaOf(people),
}

/** The doubt about a query over one of these tables; `…` in it stands for the condition that the prompt gives for the period. */
function doubtAbout(question: string, written: string): string | null {
  const schema = OF[/FROM (\w+)/.exec(written)?.[1] ?? ''] ?? schemaOf()
  const periods = linkPeriods(question, findPeriods(question, clock), schema)
  const sql = written.replace('…', periods[0]?.conditions[0] ?? '')
  const outcome = { kind: 'rows' as const, columns: ['a'], rows: [[1]], truncated: false, ms: 1 }
  const attempt = { candidate: { sql, origin: 'first' as const, logProb: null }, outcome, notes: [], ms: 1 }
  const expected = { question, asked: [question], values: [], periods, schema, names: schemaNames(schema) }
  return findDoubt({ attempt, unknownNames: [], unknownValues: [] }, expected)?.kind ?? null
}

test.each([
  ['How many orders were there last month?', 'SELECT count(*) FROM orders WHERE …'],
  [
    'How many orders were there last month?',
    'SELECT count(*) FROM orders WHERE created BETWEEN 1790805600 AND 1793487599',
  ],
  ['How many films came out last year?', 'SELECT count(*) FROM films WHERE …'],
  ['How many films came out last year?', 'SELECT count(*) FROM films WHERE yr = 2025'],
  [
    'How many visits were there last year?',
    "SELECT count(*) FROM visits WHERE CAST(strftime('%Y', at) AS INTEGER) = 2025",
  ],
  ['How many adults are there?', 'SELECT count(*) FROM people WHERE age >= 18'],
  ['How many teenagers are there?', 'SELECT count(*) FROM people WHERE age BETWEEN 13 AND 19'],
  ['How many minors are there?', 'SELECT count(*) FROM people WHERE age < 18'],
  ['List the pensioners', 'SELECT id FROM people WHERE age >= 65'],
  ['How many visits are on Fridays?', "SELECT count(*) FROM visits WHERE CAST(strftime('%w', at) AS INTEGER) = 5"],
  ['Films longer than 3 minutes', 'SELECT id FROM films WHERE length > 180000'],
])('%s %s is sound', (question, sql) => {
  expect(doubtAbout(question, sql)).toBeNull()
})

test.each([
  ['How many orders over 100 were there last month?', 'SELECT count(*) FROM orders WHERE … AND amount > 500'],
  ['How many films came out last year?', 'SELECT count(*) FROM films WHERE … AND length > 90'],
  ['How many adults are there?', 'SELECT count(*) FROM people WHERE age >= 40'],
])('%s %s has a number that nobody named', (question, sql) => {
  expect(doubtAbout(question, sql)).toBe('number-invented')
})
