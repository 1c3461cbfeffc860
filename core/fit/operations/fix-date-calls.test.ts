import { expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { plainColumn, schemaOf, table } from '../../testing/school-schema.ts'
import { fitQuery } from '../fit-query.ts'

const events = table('events', 'id! INTEGER')
events.columns.push(plainColumn('created', 'INTEGER', { dateFormat: 'epoch-seconds' }))
events.columns.push(plainColumn('seen', 'INTEGER', { dateFormat: 'epoch-milliseconds' }))
events.columns.push(plainColumn('made_at', 'TEXT', { dateFormat: 'datetime' }))
events.columns.push(plainColumn('yr', 'INTEGER', { dateFormat: 'year' }))
const schema = schemaOf(events)

function fitted(sql: string): string {
  const database = { schema, values: { match: () => [] } }
  const question = 'What happened?'
  return fitQuery(sql, { database, names: schemaNames(schema), question, asked: [question], periods: [] }).sql
}

test.each([
  ['YEAR(created)', "CAST(strftime('%Y', created, 'unixepoch') AS INTEGER)"],
  ["strftime('%Y-%m', created)", "strftime('%Y-%m', created, 'unixepoch')"],
  ["date(created, 'start of month')", "date(created, 'unixepoch', 'start of month')"],
  ["strftime('%Y', seen)", "strftime('%Y', seen / 1000, 'unixepoch')"],
  ["strftime('%Y', seen, 'unixepoch')", "strftime('%Y', seen / 1000, 'unixepoch')"],
  ["strftime('%Y', yr)", 'yr'],
  ['YEAR(yr)', 'CAST(yr AS INTEGER)'],
])('%s', (written, expected) => {
  expect(fitted(`SELECT ${written}, id FROM events`)).toBe(`SELECT ${expected}, id FROM events`)
})

test('what a sub-query made of a column is no longer that column', () => {
  const years = "SELECT strftime('%Y', created), count(*) FROM"
  const days = "(SELECT date(created, 'unixepoch') AS created FROM events)"
  for (const sql of [`WITH e AS ${days} ${years} e GROUP BY 1`, `${years} ${days} GROUP BY 1`])
    expect(fitted(sql)).toBe(sql)
  expect(fitted(`WITH e AS (SELECT created FROM events) ${years} e`)).toContain("strftime('%Y', created, 'unixepoch')")
})

test.each([
  "strftime('%Y', created, 'unixepoch')",
  "strftime('%Y', seen / 1000, 'unixepoch')",
  "strftime('%Y', made_at)",
  "date('now')",
])('%s stays', (written) => {
  expect(fitted(`SELECT ${written}, id FROM events`)).toBe(`SELECT ${written}, id FROM events`)
})
