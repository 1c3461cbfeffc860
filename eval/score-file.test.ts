import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '#databases/sandbox/testing/make-database.ts'
import { showScores } from './predictions/show-scores.ts'
import { type ScoreRequest, scoreFile } from './score-file.ts'
import { scoreRequest } from './score-request.ts'

const folder = makeFolder()
afterAll(() => folder.remove())

const PLANTS = `CREATE TABLE plant (id INTEGER, name TEXT, value INTEGER);
  INSERT INTO plant VALUES (1, 'fern', 10), (2, 'moss', 20), (3, 'moss', 20);`
for (const [place, name, script] of [
  ['database', 'plants', PLANTS],
  ['testsuite', 'plants', PLANTS],
  ['testsuite', 'fewer', `${PLANTS} DELETE FROM plant WHERE id > 1`],
  ['database', 'bare', 'CREATE TABLE stone (id INTEGER)'],
] as const) {
  const within = join(folder.path, place, name === 'fewer' ? 'plants' : name)
  mkdirSync(within, { recursive: true })
  makeDatabase(within, `${name}.sqlite`, script)
}

function write(name: string, lines: string[]): string {
  const path = join(folder.path, name)
  writeFileSync(path, lines.join('\n'))
  return path
}

const gold = write('gold.sql', [
  'SELECT count(*) FROM plant\tplants',
  'SELECT name FROM plant WHERE value > 10\tplants',
  'SELECT max(value) FROM plant\tplants',
  'SELECT id FROM stone\tbare',
])

function request(file: string, changes: Partial<ScoreRequest> = {}): ScoreRequest {
  return {
    file,
    gold,
    databases: join(folder.path, 'database'),
    suite: join(folder.path, 'testsuite'),
    tables: null,
    rule: 'spider',
    likeReference: false,
    plugValue: false,
    keepDistinct: false,
    ...changes,
  }
}

const figures = async (wanted: ScoreRequest) => showScores(await scoreFile(wanted, { processes: 1 })).figures

const predictions = ['SELECT 3', 'SELECT name FROM plant WHERE value > 10', '', 'SELECT stones FROM stone']

test('scores on one database and on all distilled ones', async () => {
  const seen: number[] = []
  const report = await scoreFile(request(write('predicted.sql', predictions)), {
    onProgress: (done) => seen.push(done),
  })
  expect(seen).toEqual([1, 2, 3, 4])
  const shown = showScores(report)
  expect(shown.figures).toMatchObject({ n: 4, ex: 50, ts: 33.33, crashed: 2, tsN: 3, goldFailed: 0, exactSet: 25 })
  expect(Object.keys(shown.figures).slice(0, 4)).toEqual(['n', 'ex', 'ts', 'crashed'])
  expect(shown.table.at(-1)).toEqual(['all', '4', '50.0', '33.3', '25.0', '2'])
  expect(shown.notes.join()).toContain('1 have no distilled databases')
})

test.each([
  ['a list', JSON.stringify(predictions)],
  ['objects', JSON.stringify(predictions.map((predicted) => ({ predicted })))],
  [
    "BIRD's object",
    JSON.stringify(Object.fromEntries(predictions.map((one, at) => [at, `${one}\t----- bird -----\tx`]))),
  ],
])('reads predictions as JSON: %s', async (_, text) => {
  expect(await figures(request(write('predicted.json', [text])))).toMatchObject({ n: 4, ex: 50, crashed: 2 })
})

test("BIRD's rule", async () => {
  const file = write('bird.sql', [
    'SELECT 3',
    'SELECT DISTINCT name FROM plant WHERE value > 10',
    'SELECT 20, 1',
    'SELECT',
  ])
  expect(await figures(request(file, { rule: 'bird' }))).toMatchObject({
    n: 4,
    ex: 50,
    ts: null,
    softF1: 66.67,
    crashed: 1,
  })
})

test('as the reference: "value" becomes 1, missing predictions are not counted', async () => {
  const file = write('short.sql', ['SELECT 3', 'SELECT name FROM plant WHERE value > 0'])
  const loose = { likeReference: true, suite: null }
  expect(await figures(request(file, loose))).toMatchObject({ n: 2, ex: 50, crashed: 0 })
  const plain = write('plain.sql', [
    'SELECT 3',
    'SELECT name FROM plant WHERE value > 10',
    'SELECT 20',
    'SELECT id FROM stone',
  ])
  expect(await figures(request(plain, loose))).toMatchObject({ n: 4, ex: 75 })
  expect(await figures(request(plain))).toMatchObject({ n: 4, ex: 100 })
})

describe('what is wrong is said', () => {
  test('too few predictions', async () => {
    const scoring = scoreFile(request(write('few.sql', ['SELECT 1'])))
    await expect(scoring).rejects.toMatchObject({
      message: expect.stringContaining('1 predictions for 4 gold queries'),
    })
  })

  test.each([
    ['no JSON', '[\n"SELECT 1",\nNaN\n]', /line 3: this is no JSON/],
    ['an entry without a query', '[\n"SELECT 1",\n{"quarry": ""}\n]', /line 3: entry 2 holds no query/],
    ['an object of something else', '{"0": "SELECT 1",\n"one": "SELECT 1"}', /line 2: the object/],
  ])('predictions that are %s', async (_, text, message) => {
    const scoring = scoreFile(request(write('broken.json', [text])))
    await expect(scoring).rejects.toMatchObject({ message: expect.stringMatching(message) })
  })

  test('queries that take too long, which are no crashes', async () => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'
    const file = write('slow.sql', [endless, ...predictions.slice(1)])
    const shown = showScores(await scoreFile(request(file, { suite: null }), { processes: 1, deadlineMs: 1_000 }))
    expect(shown.figures).toMatchObject({ n: 4, ex: 25, crashed: 2, timedOut: 1 })
    expect(shown.notes.join()).toContain('1 took too long')
  })

  test('a gold file without databases', async () => {
    const bad = write('bad.sql', ['SELECT 1\tplants', 'SELECT 1'])
    const scoring = scoreFile(request(bad, { gold: bad }))
    await expect(scoring).rejects.toMatchObject({ message: expect.stringMatching(/bad\.sql, line 2: 1 columns/) })
  })

  test('a database that is missing', async () => {
    const lost = write('lost.sql', ['SELECT 1\tnowhere'])
    const scoring = scoreFile(request(lost, { gold: lost }))
    await expect(scoring).rejects.toMatchObject({ code: 'dataset-broken' })
  })

  test('gold that fails is counted', async () => {
    const failing = write('failing.sql', ['SELECT x FROM plant\tplants'])
    const shown = showScores(await scoreFile(request(failing, { gold: failing, suite: null })))
    expect(shown.figures).toMatchObject({ n: 1, ex: 0, goldFailed: 1 })
    expect(shown.notes.join()).toContain('1 gold queries failed')
  })
})

test('what is not named is Spider dev, or lies beside the gold file', async () => {
  const wishes = { ts: true, asReference: false, plugValue: false, keepDistinct: false, rule: 'spider' as const }
  const beside = await scoreRequest('p.sql', { ...wishes, gold }, '/nowhere')
  expect(beside).toMatchObject({
    gold,
    databases: join(folder.path, 'database'),
    suite: join(folder.path, 'testsuite'),
  })
  await expect(scoreRequest('p.sql', wishes, '/nowhere')).rejects.toMatchObject({
    code: 'dataset-missing',
    advice: expect.stringContaining('rowbot eval get spider'),
  })
})
