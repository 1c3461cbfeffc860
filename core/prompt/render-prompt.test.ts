import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readGgufHeader } from '#models/local/gguf-header.ts'
import { ModelError } from '#models/model-error.ts'
import { plainColumn, SCHOOL, schemaOf, table } from '../testing/school-schema.ts'
import { promptVersion, renderPrompt, renderRepair } from './render-prompt.ts'
import { renderSchema } from './render-schema.ts'

const ADAPTER = fileURLToPath(new URL('../../models/embedded/adapter.gguf', import.meta.url))
const question = { text: 'How many students?', values: [], periods: [], meanings: [], today: '2026-11-18' }

test('a schema is rendered with keys, comments, codes and date formats, but no values that tempt', () => {
  const pets = { ...table('pet owners', 'id! INTEGER'), comment: 'who\npays' }
  pets.columns.push(
    plainColumn('sex', 'CHAR(1)', { values: ['F', 'M'], valuesComplete: true, comment: 'as registered' }),
    plainColumn('city', 'TEXT', { values: ['Bern', 'Oslo'], valuesComplete: false }),
    plainColumn('note', 'TEXT', { values: ['a\n--', "b'c"], valuesComplete: true }),
    plainColumn('born', 'TEXT', { dateFormat: 'date', values: ['2020-01-01'] }),
  )
  const visits = table('visits', 'owner INTEGER > pets.id', 'group TEXT')
  expect(renderSchema(schemaOf(pets, visits))).toBe(`CREATE TABLE "pet owners" ( -- who pays
  id INTEGER PRIMARY KEY,
  sex CHAR(1), -- as registered; 'F', 'M'
  city TEXT,
  note TEXT,
  born TEXT -- YYYY-MM-DD
);
CREATE TABLE visits (
  owner INTEGER,
  "group" TEXT,
  FOREIGN KEY (owner) REFERENCES pets (id)
);`)
})

test('only the last message depends on the question', () => {
  const one = renderPrompt({ schema: SCHOOL, ...question })
  const other = renderPrompt({
    schema: SCHOOL,
    ...question,
    text: 'Who is new?',
    values: [{ column: 'students.name', value: "O'Hara", matched: 'ohara' }],
  })
  expect(one.messages.slice(0, one.keptMessages)).toEqual(other.messages.slice(0, other.keptMessages))
  expect(other.messages.at(-1)?.content).toContain("students.name = 'O''Hara'")
})

test('the date is told only where the question needs it', () => {
  const said = (text: string) => renderPrompt({ schema: SCHOOL, ...question, text }).messages.at(-1)?.content
  expect(said('How many students?')).not.toContain('2026')
  expect(said('Which payments are overdue?')).toBe('Which payments are overdue?\nHints: today is 2026-11-18')
})

test('glossary entries are hints of one line each, verified questions are earlier turns', () => {
  const { messages } = renderPrompt({
    schema: SCHOOL,
    ...question,
    glossary: [{ term: 'new', meaning: 'enrolled this year\n```' }],
    examples: [{ question: 'Who is new?', sql: 'SELECT name FROM students' }],
  })
  expect(messages.slice(1)).toEqual([
    { role: 'user', content: 'Who is new?' },
    { role: 'assistant', content: '```sql\nSELECT name FROM students\n```' },
    { role: 'user', content: 'How many students?\nHints: "new" means enrolled this year ```' },
  ])
})

test('a repair shows the failed query and what is wrong', () => {
  const repair = renderRepair(renderPrompt({ schema: SCHOOL, ...question }), 'SELECT x', 'There is no column x.')
  expect(repair.messages.slice(-2)).toMatchObject([
    { role: 'assistant', content: '```sql\nSELECT x\n```' },
    { role: 'user', content: expect.stringContaining('There is no column x.') },
  ])
})

test('keys of several columns and every date format have their wording', () => {
  const events = { ...table('events', 'at INTEGER', 'group INTEGER'), primaryKey: ['at', 'group'] }
  const formats = ['datetime', 'epoch-seconds', 'epoch-milliseconds', 'year'] as const
  events.columns.push(...formats.map((dateFormat, at) => plainColumn(`d${at}`, 'TEXT', { dateFormat })))
  expect(renderSchema(schemaOf(events))).toBe(`CREATE TABLE events (
  at INTEGER,
  "group" INTEGER,
  d0 TEXT, -- YYYY-MM-DD HH:MM:SS
  d1 TEXT, -- Unix time in seconds
  d2 TEXT, -- Unix time in milliseconds
  d3 TEXT, -- a year
  PRIMARY KEY (at, "group")
);`)
})

// Where this fails the wording has changed: the adapter that ships would be refused, and one must be trained on the new wording.
const TRAINED_ON = '498c907c79f2'

test('the version is the one for which the adapter that ships was trained', () => {
  expect(promptVersion()).toBe(TRAINED_ON)
})

test.skipIf(!existsSync(ADAPTER))('the adapter that ships is stamped with it', async () => {
  const missing = (cause: unknown) => new ModelError({ code: 'not-found', message: ADAPTER, advice: '', cause })
  const { info } = await readGgufHeader(ADAPTER, missing)
  expect(info.metadata).toMatchObject({ rowbot: { prompt_version: TRAINED_ON } })
})
