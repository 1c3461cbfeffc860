import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAssistant, generateSql } from './library.ts'
import { SCHOOL_DUMP } from './testing/school-dump.ts'
import { scriptedGenerator } from './testing/scripted-generator.ts'

const DDL = `
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, pages INTEGER, author_id INTEGER REFERENCES authors(id));`

let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rowbot-library-'))
  file = join(folder, 'school.sql')
  await writeFile(file, SCHOOL_DUMP)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the library with a scripted model', () => {
  test('asks a file and leaves nothing behind', async () => {
    const model = scriptedGenerator([
      { when: /students/, say: 'Here you are:\n```sql\nSELECT count(*) FROM students;\n```' },
    ])
    const assistant = await createAssistant({ databases: [file], model })
    try {
      const types: string[] = []
      for await (const event of assistant.ask('How many students are there?')) types.push(event.type)
      expect(types.at(-1)).toBe('answer')
      expect(await assistant.answer('How many students are there?')).toMatchObject({
        kind: 'answered',
        result: { rows: [[4]] },
      })
    } finally {
      await assistant.close()
    }
  })

  test('says what is missing', async () => {
    await expect(createAssistant({ databases: [] })).rejects.toMatchObject({
      code: 'no-database',
      advice: expect.any(String),
    })
    const missing = createAssistant({ databases: [join(folder, 'nowhere.sqlite')], model: scriptedGenerator([]) })
    await expect(missing).rejects.toMatchObject({ advice: expect.any(String) })
  })

  test('what is written for a schema given as DDL is fitted to it as what is run', async () => {
    const model = scriptedGenerator([
      { when: /How many/, say: 'SELECT count(*) FROM books GROUP BY author_id HAVING count(*) > 2' },
      { when: /titles/, say: 'SELECT books.title, authors.name FROM books JOIN authors ON books.id = authors.id' },
    ])
    const generated = (question: string) => generateSql(DDL, question, { model, maxAttempts: 1 })
    expect(await generated('How many authors have more than 2 books?')).toMatchObject({
      sql: 'SELECT count(*) FROM (SELECT 1 FROM books GROUP BY author_id HAVING count(*) > 2)',
    })
    expect(await generated('The titles and the names of their authors')).toMatchObject({
      sql: 'SELECT books.title, authors.name FROM books JOIN authors ON books.author_id = authors.id',
    })
  })

  test('writes SQL for a schema given as DDL; names are checked and repaired, nothing is run', {
    timeout: 60_000,
  }, async () => {
    const model = scriptedGenerator([
      { when: /fails/, say: 'SELECT max(pages) FROM books' },
      { when: /longest/, say: 'SELECT max(thickness_of_paper) FROM books' },
      { when: /titles of/, say: 'SELECT name, title FROM authors' },
    ])
    expect(await generateSql(DDL, 'How many pages has the longest book?', { model })).toEqual({
      sql: 'SELECT max(pages) FROM books',
      notes: [],
    })
    expect(await generateSql(DDL, 'Show the titles of every author', { model })).toMatchObject({
      sql: 'SELECT name, books.title FROM authors JOIN books ON authors.id = books.author_id',
    })
    expect(await generateSql(DDL, 'Hm, books?', { model })).toMatchObject({ sql: null, message: expect.any(String) })
    await expect(generateSql('CREATE TABLE (', 'How many?', { model })).rejects.toMatchObject({
      advice: expect.any(String),
    })
  })
})

const embedded = fileURLToPath(new URL('../models/embedded/', import.meta.url))
const shards = ['1', '2', '3'].map((part) => join(embedded, `rowbot-embedded-0000${part}-of-00003.gguf`))
const missing = shards.filter((shard) => !existsSync(shard))

describe.skipIf(missing.length > 0)(
  `the library with the embedded model${missing.length > 0 ? ' (skipped: its files are not here)' : ''}`,
  () => {
    test('answers questions on a file', { timeout: 240_000 }, async () => {
      const assistant = await createAssistant({
        databases: [file],
        now: () => new Date('2026-11-18T12:00:00Z'),
        asker: { timeZone: 'UTC' },
      })
      try {
        const count = await assistant.answer('How many students are there?')
        expect(count).toMatchObject({ kind: 'answered', result: { rows: [[4]] } })
        const city = await assistant.answer('How many teachers live in Paris?')
        expect(city).toMatchObject({ kind: 'answered', result: { rows: [[1]] } })
        const period = await assistant.answer('How many enrolments were there last week?')
        expect(period).toMatchObject({ kind: 'answered', result: { rows: [[2]] } })
        expect((await assistant.answer('What will the weather be like tomorrow?')).kind).toBe('unanswered')
      } finally {
        await assistant.close()
      }
    })
  },
)
