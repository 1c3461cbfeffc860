import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

type Piece = { text: string }
type Branch = { source: string; prompt: Piece[]; completion: Piece[] }
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

test('what gives the gold result is kept, and the failing one with its repair', async () => {
  expect(await sampled()).toMatchObject({ asked: 6, before: 0 })
  const students = readSamples().filter(({ examples }) =>
    examples.some(({ prompt }) => /How many students/.test(textOf(prompt))),
  )
  expect(students).toHaveLength(1)
  const [{ examples = [] } = {}] = students
  const kept = examples.filter(({ source }) => source === 'sampled')
  expect(kept.map(({ completion }) => textOf(completion).split('\n')[0]).sort()).toEqual(QUERIES.slice(0, 2).sort())
  const [repair] = examples.filter(({ source }) => source === 'repair')
  expect(textOf(repair?.prompt)).toMatch(
    /SELECT nothing FROM student.*This query fails.*There is no column nothing\. There are: student\./s,
  )
  expect(textOf(repair?.completion)).toMatch(/count/)
})

test('a failing query is learnt from as serving shows it, with what is mended by then', async () => {
  queries = [...QUERIES.slice(0, 2), `SELECT nothing FROM student WHERE name LIKE 'Ada' AND age = 'null'`]
  await sampled()
  const [repair] = readSamples().flatMap(({ examples }) => examples.filter(({ source }) => source === 'repair'))
  expect(textOf(repair?.prompt)).toContain('AND age IS NULL\n')
})

test('a run that was cut off goes on where it was', async () => {
  await sampled('--limit', '2')
  const before = readLines()
  appendFileSync(file, '{"id": "train_spider-5", "pre')
  expect(await sampled()).toMatchObject({ asked: 4, before: 2 })
  expect(readLines().slice(0, 3)).toEqual(before)
  expect(new Set(readSamples().map(({ id }) => id)).size).toBe(6)
})

test.each([
  ['for other prompts', { promptVersion: 'other' }],
  ['for another model (big)', { base: { name: 'big', hash: 'other' } }],
  ['by another model or adapter (big)', { writer: { name: 'big', hash: 'other', adapter: null } }],
  ['with --judged-by vote', { judgedBy: 'vote' }],
  ['with --samples 8', { samples: 8 }],
])('samples made %s are not mixed with these', async (said, change) => {
  await sampled('--limit', '1')
  const [head = '', ...rest] = readLines()
  const before = `${[JSON.stringify({ ...JSON.parse(head), ...change }), ...rest].join('\n')}\n`
  writeFileSync(file, before)
  const { code, err } = await line.run(['train', 'sample', file, '--spider', spider, '--samples', '4'])
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`was sampled ${said}:`) })
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('a file that it did not begin is left alone', async () => {
  for (const other of ['a letter', 'a letter\n', '{"promptVersion":"1","base":{"name":"a","hash":"b"}}\n{}\n']) {
    writeFileSync(file, other)
    const { code, err } = await line.run(['train', 'sample', file, '--spider', spider])
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('is no file that this version') })
    expect(readFileSync(file, 'utf8')).toBe(other)
  }
})

test('a line that is broken is named, and nothing is lost', async () => {
  await sampled('--limit', '1')
  appendFileSync(file, '{"prefix": []}\n')
  const before = readFileSync(file, 'utf8')
  const { code, err } = await line.run(['train', 'sample', file, '--spider', spider, '--samples', '4'])
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/line 3: expected JSON with a question's id/) })
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test.skipIf(process.platform === 'win32')(
  'where nothing more can be written, what was sampled before is kept',
  async () => {
    await sampled('--limit', '1')
    appendFileSync(file, `{"id":"earlier","pad":"${'x'.repeat(3_000_000)}"}\n`)
    const before = readFileSync(file, 'utf8')
    const rowbot = join(import.meta.dirname, '..', 'rowbot.cjs')
    // Files may grow to a megabyte or two, and the samples are beyond that already.
    const limited = ['-c', 'ulimit -f 2048; exec "$@"', 'sh', process.execPath, rowbot]
    const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...line.env }
    const asked = ['train', 'sample', file, '--spider', spider, '--samples', '4']
    const [code] = await once(spawn('sh', [...limited, ...asked], { env, stdio: 'ignore' }), 'exit')
    expect(code).not.toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(before)
  },
)

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
