import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import heldBack from '#eval/held-back.json' with { type: 'json' }
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

const [HELD_BACK = ''] = heldBack.databases
const QUESTIONS: [string, string][] = [
  ['What are the names of all ships from the country "Norway"?', 'SELECT name FROM ship WHERE country = "Norway"'],
  ['How many ships does every country have?', 'SELECT country, count(*) FROM ship GROUP BY country'],
]

type Entry = { db_id: string; question: string; query: string; asked_at?: string; family?: string }

let line: TestCommandLine
let spider: string
let folder: string
/** What the model knows the answers to. */
let known: Entry[]
/** What it was asked of them. */
const hinted = new Map<Entry, string>()
beforeEach(async () => {
  known = []
  line = await openCommandLine((asked) => {
    const one = known.find(({ question }) => asked.includes(question))
    if (one) hinted.set(one, asked)
    if (one) return one.query
    return /Norway/.test(asked) ? 'SELECT 1' : 'SELECT count(*) FROM nothing'
  })
  spider = writeTinySpider(join(line.home, '..', 'spider'))
  folder = join(line.home, 'variants')
  const database = join(spider, 'database', HELD_BACK)
  mkdirSync(database)
  cpSync(join(spider, 'database', 'fleet'), database, { recursive: true })
  renameSync(join(database, 'fleet.sqlite'), join(database, `${HELD_BACK}.sqlite`))
  const entries = QUESTIONS.map(([question, query]): Entry => ({ db_id: HELD_BACK, question, query }))
  const elsewhere = { db_id: 'fleet', question: 'How many ships are there?', query: 'SELECT count(*) FROM ship' }
  writeFileSync(join(spider, 'train_spider.json'), JSON.stringify([...entries, elsewhere]))
})
afterEach(() => line.close())

const read = (kind: string): Entry[] => JSON.parse(readFileSync(join(folder, kind, 'questions.json'), 'utf8'))
const write = (...flags: string[]) =>
  line.run(['eval', 'variants', folder, '--spider', spider, '--limit', '10', ...flags])

test('held-back questions are written with slips, in other words and over other names, and can be asked', async () => {
  const { code, out } = await write()
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ mistyped: 2, reworded: 2, renamed: 2, everyday: expect.any(Number), left: [] })
  const asWritten = QUESTIONS.map(([question]) => question)
  for (const kind of ['mistyped', 'reworded']) {
    const entries = read(kind)
    expect(entries.map(({ query }) => query)).toEqual(QUESTIONS.map(([, query]) => query))
    for (const { question } of entries) expect(asWritten).not.toContain(question)
    expect(entries[0]?.question).toContain('"Norway"')
  }
  const renamed = read('renamed')
  expect(renamed.map(({ question }) => question)).toEqual(asWritten)
  expect(renamed[0]?.query).toMatch(/ = 'Norway'$/)
  expect(renamed[0]?.query).not.toContain('SELECT name FROM ship WHERE country')

  const data = join(folder, 'renamed', 'questions.json')
  const asked = await line.run(['eval', 'spider', '--spider', spider, '--data', data, '--without', 'vote,repair'])
  expect(asked.code).toBe(0)
  expect(asked.out).toContain('"n":2')
})

test('the same seed gives the same questions, and another one others', async () => {
  await write()
  const first = read('mistyped')
  await write()
  expect(read('mistyped')).toEqual(first)
  await write('--seed', '7')
  expect(read('mistyped')).not.toEqual(first)
})

test('everyday questions in words that nothing is trained on find something, and are asked as on the day after the last in the data', async () => {
  const database = new Database(join(spider, 'database', HELD_BACK, `${HELD_BACK}.sqlite`))
  database.exec(`CREATE TABLE voyage (id INTEGER PRIMARY KEY, ship_id INTEGER REFERENCES ship(id), sailed_on DATE, harbour TEXT, tons REAL);
    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 90)
    INSERT INTO voyage SELECT x, 1 + x % 2, date('2016-12-31', '-' || (x * 2 - 2) || ' days'), CASE x % 3 WHEN 0 THEN 'Oslo' ELSE 'Bergen' END, 10 * x FROM n;`)
  await write('--limit', '40')
  known = read('everyday')
  expect(known.length).toBeGreaterThan(25)
  expect(known.map(({ family }) => family)).toEqual(expect.arrayContaining(['busiest-month', 'count-in-period']))
  for (const { db_id, query, asked_at } of known) {
    expect({ db_id, asked_at }).toEqual({ db_id: HELD_BACK, asked_at: '2017-01-01T12:00:00.000Z' })
    const cells = database.prepare(query).raw().all().flat()
    expect(cells.some(Boolean), query).toBe(true)
  }
  database.close()
  const data = join(folder, 'everyday', 'questions.json')
  const asked = await line.run([
    'eval',
    'spider',
    '--spider',
    spider,
    '--data',
    data,
    '--without',
    'vote,repair,refusals',
  ])
  const dated = [...hinted].filter(([{ question }]) => /\b(?:last|past|previous|this) (?:\d+ )?\w+/.test(question))
  expect(dated.length).toBeGreaterThan(0)
  for (const [{ query }, prompt] of dated)
    for (const [day] of query.matchAll(/\d{4}-\d\d-\d\d/g)) expect(prompt).toContain(day)
  expect(asked.out).toMatch(/"n":\d+,"ex":100,/)
})
