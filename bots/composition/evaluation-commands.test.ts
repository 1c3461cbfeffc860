import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import heldBack from '#eval/held-back.json' with { type: 'json' }
import byHand from '#eval/refusals/by-hand.json' with { type: 'json' }
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

const RIGHT = 'SELECT count(*) FROM student'

let line: TestCommandLine
let spider: string
let answer: (asked: string) => string

beforeEach(async () => {
  answer = () => RIGHT
  line = await openCommandLine((asked) => answer(asked))
  spider = writeTinySpider(join(line.home, '..', 'spider'))
})
afterEach(() => line.close())

const run = (...args: string[]) => line.run(['eval', ...args])
const onSpider = (...args: string[]) => run('spider', '--spider', spider, '--without', 'vote,repair', ...args)
const idOf = (out: string) => /Run (\S+): \d+ questions/.exec(out)?.[1] ?? ''

test('a run is pinned, another one instead, and one is removed', async () => {
  const ids = [idOf((await onSpider('--limit', '1')).out), idOf((await onSpider('--limit', '1')).out)]
  const pinned = async () =>
    (await run('runs')).out.split('\n').flatMap((one) => (/pinned/.test(one) ? one.split(' ')[0] : []))
  expect((await run('pin', ids[0] ?? '')).out).toContain(`compared with ${ids[0]} from now on`)
  expect(await pinned()).toEqual([ids[0]])
  await run('pin', 'last')
  expect(await pinned()).toEqual([ids[1]])

  expect((await run('remove', ids[1] ?? '')).code).toBe(0)
  expect((await run('runs')).out).not.toContain(ids[1])
  const { code, err } = await run('remove', ids[1] ?? '')
  expect(code).toBe(1)
  expect(err).toContain(`There is no run "${ids[1]}"`)
})

test('questions asked side by side give the same as one after the other', async () => {
  const figures = (out: string) => JSON.parse(/^\{.*\}$/m.exec(out)?.[0] ?? '{}')
  const { run: _one, ...alone } = figures((await onSpider()).out)
  const asked = [...line.model.asked]
  const { run: _other, ...beside } = figures((await onSpider('--parallel', '3')).out)
  expect(beside).toEqual(alone)
  expect(alone).toMatchObject({ n: 6 })
  expect(line.model.asked.slice(asked.length).sort()).toEqual(asked.sort())
})

test('a run goes on only with the databases that it began with', async () => {
  let answered = 0
  answer = () => {
    if (++answered > 2) throw new Error('no longer allowed')
    return RIGHT
  }
  await onSpider()
  answer = () => RIGHT
  const database = new Database(join(spider, 'database', 'school', 'school.sqlite'))
  database.exec('UPDATE student SET age = 99 WHERE id = 1')
  const { code, err } = await run('resume', 'last', '--spider', spider)
  expect(code).toBe(1)
  expect(err).toMatch(/something has changed since it began: the databases/)
  database.exec('UPDATE student SET age = 20 WHERE id = 1; VACUUM')
  database.close()
  rmSync(join(spider, 'database', 'fleet'), { recursive: true })
  expect((await run('resume', 'last', '--spider', spider)).err).toContain('there is no database')
})

test('without distilled databases nothing is measured as if there were some', async () => {
  rmSync(join(spider, 'testsuite'), { recursive: true })
  const { code, err } = await onSpider('--suite')
  expect(code).toBe(1)
  expect(err).toContain('no distilled databases')
  expect(line.model.asked).toEqual([])
})

test('queries are exported a line each, as they were scored', async () => {
  answer = () => "SELECT count(*) -- all of them\n FROM student WHERE name <> 'two  blanks'"
  await onSpider('--limit', '1')
  const folder = join(line.home, 'exported')
  await run('export', 'last', folder)
  expect(readFileSync(join(folder, 'predicted.sql'), 'utf8')).toMatch(/^SELECT count\(\*\) FROM .*'two {2}blanks'.*\n$/)
})

/** Three held-back questions, and the databases that questions of ours are about: all of them are the school. */
function writeHeldBack(): void {
  const names = new Set([heldBack.databases[0] ?? '', ...byHand.map(({ database }) => database)])
  for (const name of names) {
    mkdirSync(join(spider, 'database', name))
    copyFileSync(join(spider, 'database', 'school', 'school.sqlite'), join(spider, 'database', name, `${name}.sqlite`))
  }
  const [db_id] = heldBack.databases
  const entries = [1, 2, 3].map((n) => ({ db_id, question: `How many students, ${n}?`, query: RIGHT }))
  writeFileSync(join(spider, 'train_spider.json'), JSON.stringify(entries))
}

test('the check of the held-back questions passes above the floor and fails under it', async () => {
  writeHeldBack()
  const above = await run('check', '--spider', spider)
  expect(above.code).toBe(0)
  expect(above.out).toMatch(/3 of 3 questions right: 100\.0; the floor is 77\.4[\s\S]*"ok":true/)
  answer = () => 'SELECT 7 FROM student'
  const under = await run('check', '--spider', spider)
  expect(under.code).toBe(1)
  expect(under.out).toMatch(/0 of 3 questions right[\s\S]*"ok":false/)
})

test('answers that are kept are taken again, but not those of other code, nor a line that was cut off', async () => {
  writeHeldBack()
  const kept = join(line.home, 'answers.jsonl')
  const refusals = () => run('refusals', '--spider', spider, '--limit', '3', '--answers', kept)
  expect(await refusals()).toMatchObject({ code: 0, err: '' })
  const first = line.model.asked.length
  const lines = readFileSync(kept, 'utf8').trimEnd().split('\n')
  expect((await refusals()).code).toBe(0)
  expect(line.model.asked).toHaveLength(first)

  const [one = '', ...others] = lines
  const older = JSON.stringify({ ...JSON.parse(one), revision: 'another' })
  writeFileSync(kept, `${[older, ...others].join('\n')}\n${one.slice(0, 40)}`)
  expect(await refusals()).toMatchObject({ code: 0 })
  const now = readFileSync(kept, 'utf8').trimEnd().split('\n')
  expect(now).toEqual([older, ...others, one])
})
