import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import heldBack from '#eval/held-back.json' with { type: 'json' }
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

const [HELD_BACK = ''] = heldBack.databases
const QUESTIONS: [string, string][] = [
  ['What are the names of all ships from the country "Norway"?', 'SELECT name FROM ship WHERE country = "Norway"'],
  ['How many ships does every country have?', 'SELECT country, count(*) FROM ship GROUP BY country'],
]

type Entry = { db_id: string; question: string; query: string }

let line: TestCommandLine
let spider: string
let folder: string
beforeEach(async () => {
  line = await openCommandLine((asked) => (/Norway/.test(asked) ? 'SELECT 1' : 'SELECT count(*) FROM nothing'))
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
const write = (...flags: string[]) => line.run(['eval', 'variants', folder, '--spider', spider, ...flags])

test('held-back questions are written with slips, in other words and over other names, and can be asked', async () => {
  const { code, out } = await write()
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ mistyped: 2, reworded: 2, renamed: 2, left: [] })
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
