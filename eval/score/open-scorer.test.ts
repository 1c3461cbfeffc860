import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { stateOf } from '#databases/sandbox/testing/hostile/hostile-database.ts'
import { endless, makeDatabase, makeFolder } from '#databases/sandbox/testing/make-database.ts'
import type { DatasetCase } from '../datasets/dataset-case.ts'
import { openScorer } from './open-scorer.ts'
import { scoreCase } from './score-case.ts'

const folder = makeFolder()
const file = makeDatabase(
  folder.path,
  'shelf.sqlite',
  `CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, pages INTEGER);
   INSERT INTO book VALUES (1, 'A', 100), (2, 'B', 200), (3, 'C', 200);`,
)
const other = makeDatabase(folder.path, 'other.sqlite', 'CREATE TABLE book (id INTEGER, title TEXT, pages INTEGER)')
const scorer = openScorer({ processes: 2, deadlineMs: 1_000, memoryBytes: 1.5 * 1024 ** 3 })
afterAll(async () => {
  await scorer.close()
  folder.remove()
})

const gold = 'SELECT title FROM book WHERE pages = 200'

test('a prediction that destroys, hangs or floods costs its own score only', async () => {
  const before = stateOf(folder.path).join()
  const hostile = [
    'DROP TABLE book',
    'DELETE FROM book',
    `ATTACH '${join(folder.path, 'new.sqlite')}' AS x`,
    `VACUUM INTO '${join(folder.path, 'copy.sqlite')}'`,
    endless,
    'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n',
    'SELECT hex(zeroblob(900000000)) || hex(zeroblob(900000000))',
    'PRAGMA case_sensitive_like = ON',
    'SELECT 1; DROP TABLE book',
    '',
  ]
  const scores = await Promise.all([...hostile, gold].map((predicted) => scorer.scoreEx({ gold, predicted, file })))
  expect(scores.slice(0, -1).filter(({ verdict }) => !['crashed', 'timed-out', 'wrong'].includes(verdict))).toEqual([])
  expect(scores.at(-1)).toEqual({ verdict: 'right' })
  expect(stateOf(folder.path).join()).toBe(before)
})

test('says why a prediction crashed, and on which database', async () => {
  const slow = await scorer.scoreEx({ gold, predicted: endless, file })
  expect(slow).toMatchObject({ verdict: 'timed-out', message: expect.stringContaining('1 s') })
  const unknown = await scorer.scoreEx({ gold, predicted: 'SELECT tittle FROM book', file })
  expect(unknown).toEqual({ verdict: 'crashed', message: 'no such column: tittle', file })
})

test('a gold query that fails, or never ends, is told from a prediction that does', async () => {
  expect(await scorer.scoreEx({ gold: 'SELECT x FROM book', predicted: gold, file })).toMatchObject({
    verdict: 'gold-failed',
    message: 'no such column: x',
  })
  expect(await scorer.scoreEx({ gold: endless, predicted: gold, file })).toMatchObject({ verdict: 'gold-failed' })
  const missing = join(folder.path, 'missing.sqlite')
  expect(await scorer.scoreEx({ gold, predicted: gold, file: missing })).toMatchObject({ verdict: 'gold-failed' })
})

test('a test suite wants agreement on every database', async () => {
  const pair = { gold: 'SELECT count(*) FROM book', predicted: 'SELECT 3' }
  expect(await scorer.scoreEx({ ...pair, file })).toEqual({ verdict: 'right' })
  expect(await scorer.scoreTs({ ...pair, files: [file, other] })).toEqual({ verdict: 'wrong', file: other })
})

test("BIRD's rule compares sets of rows and gives part of the score for part of the rows", async () => {
  const pages = 'SELECT pages FROM book'
  const score = (predicted: string) => scorer.scoreBird({ gold: pages, predicted, file })
  expect(await score('SELECT DISTINCT pages FROM book')).toEqual({ verdict: 'right', softF1: 1 })
  expect(await score('SELECT pages, id FROM book WHERE id = 1')).toMatchObject({ verdict: 'wrong', softF1: 0.5 })
  expect(await score('SELECT page FROM book')).toMatchObject({ verdict: 'crashed', softF1: 0 })
  expect(await score(endless)).toMatchObject({ verdict: 'timed-out', softF1: 0 })
  expect(await scorer.scoreBird({ gold: 'SELECT x', predicted: pages, file })).toMatchObject({ verdict: 'gold-failed' })
})

test('tells the tables of a database in small letters', async () => {
  expect(await scorer.tables(file)).toEqual(new Map([['book', ['id', 'title', 'pages']]]))
})

test('an aborted score rejects with the reason', async () => {
  const reason = new Error('enough')
  const score = scorer.scoreEx({ gold, predicted: endless, file }, AbortSignal.any([AbortSignal.abort(reason)]))
  await expect(score).rejects.toBe(reason)
})

test('any accepted query will do; silence is right where there is no answer', async () => {
  const one: DatasetCase = { id: 'a', database: 'shelf', question: '?', accepted: ['SELECT 1', gold], file }
  expect(await scoreCase(scorer, one, gold)).toEqual({ verdict: 'right' })
  expect(await scoreCase(scorer, one, 'SELECT 2')).toEqual({ verdict: 'wrong', file })
  expect(await scoreCase(scorer, one, null)).toEqual({ verdict: 'unanswered' })
  const none = { ...one, accepted: [] }
  expect(await scoreCase(scorer, none, null)).toEqual({ verdict: 'right' })
  expect(await scoreCase(scorer, none, 'SELECT 1')).toMatchObject({ verdict: 'wrong' })
})
