import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

type Piece = { text: string }
type Branch = { source: string; prompt: Piece[]; completion: Piece[]; rejected?: Piece[] }
type Line = { id: string; prefix: Piece[]; examples: Branch[] }

const QUERIES = [
  'SELECT count(*) FROM student',
  'SELECT count(id) FROM student',
  'SELECT nothing FROM student',
  'SELECT max(age) FROM student',
]

let line: TestCommandLine
let spider: string
let file: string
let queries: string[]

beforeEach(async () => {
  queries = [...QUERIES]
  line = await openCommandLine((text) => {
    if (!/How many students/.test(text)) return 'SELECT id FROM student WHERE id = 77'
    return queries
  })
  spider = writeTinySpider(join(line.home, '..', 'spider'))
  copyFileSync(join(spider, 'dev.json'), join(spider, 'train_spider.json'))
  writeFileSync(join(spider, 'train_others.json'), '[]')
  file = join(line.home, 'samples.jsonl')
})
afterEach(() => line.close())

const textOf = (pieces: Piece[] = []) => pieces.map(({ text }) => text).join('')
const readLines = () => readFileSync(file, 'utf8').trimEnd().split('\n')
const readSamples = () =>
  readLines()
    .slice(1)
    .map((one): Line => JSON.parse(one))

async function sampled(...flags: string[]): Promise<Record<string, number>> {
  const { code, out, err } = await line.run(['train', 'sample', file, '--spider', spider, '--samples', '4', ...flags])
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

test('what gives the gold result is kept, with a wrong one beside it and the failing one with its repair', async () => {
  expect(await sampled()).toMatchObject({ asked: 6, before: 0 })
  const students = readSamples().filter(({ examples }) =>
    examples.some(({ prompt }) => /How many students/.test(textOf(prompt))),
  )
  expect(students).toHaveLength(1)
  const [{ examples = [] } = {}] = students
  const kept = examples.filter(({ source }) => source === 'sampled')
  expect(kept.map(({ completion }) => textOf(completion).split('\n')[0]).sort()).toEqual(QUERIES.slice(0, 2).sort())
  for (const { rejected } of kept) expect(textOf(rejected)).toContain('max(age)')
  const [repair] = examples.filter(({ source }) => source === 'repair')
  expect(textOf(repair?.prompt)).toMatch(
    /SELECT nothing FROM student.*This query fails.*There is no column nothing\. There are: student\./s,
  )
  expect(textOf(repair?.completion)).toMatch(/count/)
})

test('a run that was cut off goes on where it was, and not for another model', async () => {
  await sampled('--limit', '2')
  const before = readLines()
  appendFileSync(file, '{"id": "train_spider-5", "pre')
  expect(await sampled()).toMatchObject({ asked: 4, before: 2 })
  expect(readLines().slice(0, 3)).toEqual(before)
  expect(new Set(readSamples().map(({ id }) => id)).size).toBe(6)
  const [head = '', ...rest] = readLines()
  writeFileSync(file, `${[head.replace(/"hash":"[^"]*"/, '"hash":"other"'), ...rest].join('\n')}\n`)
  const { code, err } = await line.run(['train', 'sample', file, '--spider', spider])
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('not sampled for this model') })
})

test('a vote needs more than half of the samples, and no gold query', async () => {
  await sampled('--judged-by', 'vote')
  const voted = readSamples().flatMap(({ examples }) => examples)
  // Two of four agree on the students; nothing at all is no result to vote for.
  expect(voted).toEqual([])
  queries = [...QUERIES.slice(0, 2), 'SELECT count(name) FROM student', 'SELECT max(age) FROM student']
  writeFileSync(file, '')
  await sampled('--judged-by', 'vote')
  const now = readSamples().flatMap(({ examples }) => examples)
  expect(now.length).toBeGreaterThan(0)
  for (const { completion } of now) expect(textOf(completion)).toMatch(/count/)
})
