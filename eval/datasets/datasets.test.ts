import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '#databases/sandbox/testing/make-database.ts'
import { entryLines } from './entry-lines.ts'
import { readDataset } from './read-dataset.ts'

const folder = makeFolder()
afterAll(() => folder.remove())
const databases = join(folder.path, 'database')
mkdirSync(join(databases, 'pond'), { recursive: true })
makeDatabase(join(databases, 'pond'), 'pond.sqlite', 'CREATE TABLE fish (name TEXT); INSERT INTO fish VALUES (1)')
const file = join(databases, 'pond', 'pond.sqlite')

function write(name: string, content: unknown): string {
  const path = join(folder.path, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1))
  return path
}

describe('formats', () => {
  const common = { database: 'pond', file }

  test('Spider and its variants', async () => {
    const path = write('syn.json', [
      { db_id: 'pond', SpiderQuestion: 'fish?', SpiderSynQuestion: 'animals?', query: 'SELECT 1' },
      { db_id: 'pond', question: 'how many?', query: 'SELECT 2', sql: {} },
    ])
    expect(await readDataset(path, databases)).toEqual([
      { ...common, id: 'syn-0', question: 'animals?', accepted: ['SELECT 1'] },
      { ...common, id: 'syn-1', question: 'how many?', accepted: ['SELECT 2'] },
    ])
  })

  test.each([
    // The fields that each has beside those that are needed.
    ['spider-realistic', { query_toks: ['SELECT'], query_toks_no_value: ['select'], question_toks: ['how'], sql: {} }],
    ['Spider-DK', { query_toks: ['SELECT'], question_toks: ['how'], sql: {}, type: 'T1' }],
    ['questions_post_perturbation', { question_toks: ['how'], sql: {}, old_question: 'fish', perturbation: 'synonym' }],
  ])('%s', async (name, more) => {
    const path = write(`${name}.json`, [{ db_id: 'pond', question: 'how many?', query: 'SELECT 2', ...more }])
    expect(await readDataset(path, databases)).toEqual([
      { ...common, id: `${name}-0`, question: 'how many?', accepted: ['SELECT 2'] },
    ])
  })

  test('conversations like those of SParC and CoSQL', async () => {
    const interaction = [
      { utterance: 'fish?', query: 'SELECT 1', utterance_toks: ['fish'], sql: {} },
      { utterance: 'and how many?', query: 'SELECT 2' },
    ]
    const final = { utterance: 'How many fish are there?', query: 'SELECT 2' }
    expect(await readDataset(write('sparc.json', [{ final, database_id: 'pond', interaction }]), databases)).toEqual([
      { ...common, id: 'sparc-0-0', question: 'fish?', accepted: ['SELECT 1'] },
      { ...common, id: 'sparc-0-1', question: 'and how many?', accepted: ['SELECT 2'], follows: 'sparc-0-0' },
    ])
  })

  test('BIRD', async () => {
    const path = write('bird.json', [{ question_id: 7, db_id: 'pond', question: 'q', evidence: 'e', SQL: 'SELECT 1' }])
    expect(await readDataset(path, databases)).toEqual([
      { ...common, id: 'bird-7', question: 'q', evidence: 'e', accepted: ['SELECT 1'] },
    ])
  })

  test("cases of one's own", async () => {
    const path = write('own.json', [
      { id: 'a', database: 'database/pond/pond.sqlite', question: 'q', sql: ['SELECT 1', 'SELECT 2'] },
      { database: 'database/pond/pond.sqlite', question: 'and?', sql: 'unanswerable', follows: 'a' },
    ])
    expect(await readDataset(path, databases)).toEqual([
      { ...common, id: 'a', question: 'q', accepted: ['SELECT 1', 'SELECT 2'] },
      { ...common, id: 'own-1', question: 'and?', accepted: [], follows: 'a' },
    ])
  })
})

describe('what is wrong is said', () => {
  const good = { db_id: 'pond', question: 'q', query: 'SELECT 1' }
  const own = { id: 'a', database: 'database/pond/pond.sqlite', question: 'q', sql: 'SELECT 1' }
  const cases: [string, unknown, string, RegExp][] = [
    [
      'an entry without its query',
      [good, { db_id: 'pond', question: 'q' }],
      'dataset-format',
      /line 7: entry 2, query/,
    ],
    [
      'a hostile name',
      [{ ...good, db_id: '../../etc' }],
      'dataset-format',
      /line 2: entry 1, db_id: .*name of a database/,
    ],
    ['no JSON', '[\n{"db_id": "pond",\n"query" "x"}]', 'dataset-format', /line 3: this is no JSON/],
    ['no list', { a: 1 }, 'dataset-format', /no data set that Rowbot knows/],
    ['another list', [{ text: 'x' }], 'dataset-format', /no data set that Rowbot knows/],
    ['a database that is missing', [{ ...good, db_id: 'lake' }], 'dataset-broken', /no database .*lake\.sqlite/],
    ['an id that is there twice', [own, own], 'dataset-broken', /the id a is there twice/],
    ['a turn before its time', [{ ...own, follows: 'b' }], 'dataset-broken', /a follows b/],
    ['a misspelt key', [{ ...own, squl: 'x' }], 'dataset-format', /squl/],
  ]
  test.each(cases)('%s', async (_, content, code, message) => {
    const read = readDataset(write('bad.json', content), databases)
    await expect(read).rejects.toMatchObject({ name: 'RowbotError', code, message: expect.stringMatching(message) })
  })

  test('a file that is not there', async () => {
    const read = readDataset(join(folder.path, 'none.json'), databases)
    await expect(read).rejects.toMatchObject({ code: 'dataset-missing', advice: expect.stringContaining('eval get') })
  })
})

test('lines of entries, however the list is laid out', () => {
  expect(entryLines('[{"a": "[\\"{\\n"},\n\n{"b": [1,\n2]}, 3,\n"x"]')).toEqual([1, 3, 4, 5])
  expect(entryLines('\n[\n]')).toEqual([])
})
