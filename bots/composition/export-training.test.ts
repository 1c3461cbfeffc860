import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import { openState } from '#databases/state/open-state.ts'
import heldBack from '#eval/held-back.json' with { type: 'json' }
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'
import { places } from './open-rooms.ts'

type Piece = { kind: 'control' | 'text'; text: string }
type Line = { prefix: Piece[]; examples: { source: string; prompt: Piece[]; completion: Piece[] }[] }

let line: TestCommandLine
let spider: string
let file: string
beforeEach(async () => {
  line = await openCommandLine()
  spider = writeTinySpider(join(line.home, '..', 'spider'))
  copyFileSync(join(spider, 'dev.json'), join(spider, 'train_spider.json'))
  const others = [
    { db_id: 'fleet', question: 'Ships of  Norway ?', query: 'select NAME from ship where country  =  "Norway" ;' },
    { db_id: 'fleet', question: 'What is broken?', query: 'SELECT nothing FROM ship' },
  ]
  writeFileSync(join(spider, 'train_others.json'), JSON.stringify(others))
  file = join(line.home, 'train.jsonl')
})
afterEach(() => line.close())

const textOf = (pieces: Piece[]) => pieces.map(({ text }) => text).join('')
const readLines = () => readFileSync(file, 'utf8').trimEnd().split('\n')
const readPacks = () =>
  readLines()
    .slice(1)
    .map((one): Line => JSON.parse(one))

async function exported(flags: string[] = [], env: Record<string, string> = {}): Promise<Record<string, number>> {
  const { code, out, err } = await line.run(['train', 'export', file, '--spider', spider, ...flags], { env })
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

test('training data are the prompts that serve, with queries in one spelling, and nothing of what does not run', async () => {
  expect(await exported()).toMatchObject({ spider: 7, everyday: expect.any(Number) })
  const [head] = readLines()
  expect(JSON.parse(head ?? '')).toMatchObject({ promptVersion: promptVersion(), base: { hash: expect.any(String) } })
  const packs = readPacks()
  const fleet = packs.find(({ prefix }) => textOf(prefix).includes('CREATE TABLE ship'))
  expect(textOf(fleet?.prefix ?? [])).toMatch(/^<\|im_start\|>system\n.*CREATE TABLE ship.*<\|im_end\|>\n$/s)
  const ofNorway = packs
    .flatMap(({ examples }) => examples)
    .filter(({ source, prompt }) => source === 'spider' && /norway/i.test(textOf(prompt)))
    .map(({ completion }) => textOf(completion))
  expect(ofNorway).toEqual(Array(2).fill("SELECT name FROM ship WHERE country = 'Norway'\n```<|im_end|>"))
  const inVain = packs.flatMap(({ examples }) => examples).filter(({ source }) => source === 'unanswerable')
  expect(inVain.length).toBeGreaterThan(0)
  for (const { completion } of inVain) expect(textOf(completion)).toMatch(/^-- missing: \w[\w ]+\n```<\|im_end\|>$/)
  for (const { prompt } of packs.flatMap(({ examples }) => examples))
    expect(textOf(prompt)).toMatch(/<\|im_start\|>assistant\n```sql\n$/)

  expect(await exported(['--held-back'])).toEqual({})
})

test('Spider is read where `eval get` puts it, unless it is named', async () => {
  const missing = await line.run(['train', 'export', file])
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('rowbot eval get spider') })
  const { spider: ours } = places(line.home)
  mkdirSync(dirname(ours), { recursive: true })
  renameSync(spider, ours)
  expect(await line.run(['train', 'export', file])).toMatchObject({ code: 0 })
})

const BIRD_DDL = 'CREATE TABLE hill (id INTEGER PRIMARY KEY, title TEXT, height_m REAL);'
const bird = (number: number) => ({
  db_id: 'hills',
  question: `How many steep hills are above ${number} metres?`,
  evidence: 'steep hill refers to height_m > 900; irrelevant',
  SQL: `SELECT COUNT(*) FROM hill WHERE height_m > ${number}`,
})

function writeBird(cases: string[]): void {
  writeFileSync(join(spider, 'bird_train.jsonl.gz'), gzipSync(cases.join('\n')))
  writeFileSync(join(spider, 'bird_train_schemas.json.gz'), gzipSync(JSON.stringify({ hills: BIRD_DDL })))
}

test('of BIRD the schemas are read without rows, and its evidence stands where a glossary does', async () => {
  writeBird(Array.from({ length: 9 }, (_, at) => JSON.stringify(bird(1000 + at))))
  const counts = await exported(['--bird', spider])
  expect(counts.bird).toBe(9)
  const packs = readPacks().filter(({ examples }) => examples.some(({ source }) => source === 'bird'))
  expect(textOf(packs[0]?.prefix ?? [])).toContain('CREATE TABLE hill (')
  const asked = packs.flatMap(({ examples }) => examples).filter(({ source }) => source === 'bird')
  expect(asked.some(({ prompt }) => textOf(prompt).includes('"steep hill" means height_m > 900'))).toBe(true)
  for (const { completion } of asked)
    expect(textOf(completion)).toMatch(/^SELECT count\(\*\) FROM hill WHERE height_m > \d+\n/)
  expect(await exported(['--bird', spider, '--held-back'])).toEqual({})
})

test('a broken line of a data set is named, and the file that was exported before is kept', async () => {
  await exported()
  const before = readFileSync(file, 'utf8')
  const refused = async (...flags: string[]) => {
    const { code, err } = await line.run(['train', 'export', file, '--spider', spider, ...flags])
    expect(code).toBe(1)
    expect(err).not.toContain('did not expect')
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(readdirSync(dirname(file)).filter((name) => name.startsWith('train.jsonl'))).toEqual(['train.jsonl'])
    return err
  }
  const [first, { evidence: _, ...short }] = [bird(1), bird(2)]
  writeBird([JSON.stringify(first), JSON.stringify(short)])
  expect(await refused('--bird', spider)).toMatch(/bird_train\.jsonl\.gz, line 2: expected .* evidence and SQL/)
  writeBird([JSON.stringify(first), '{"db_id": '])
  expect(await refused('--bird', spider)).toMatch(/bird_train\.jsonl\.gz, line 2: expected/)
  const wiki = join(spider, 'wikisql_used_columns.jsonl.gz')
  expect(existsSync(wiki)).toBe(false)
  expect(await refused('--wikisql', spider)).toContain('There is no file or folder')
  writeFileSync(wiki, gzipSync('[]'))
  expect(await refused('--wikisql', spider)).toMatch(/wikisql_used_columns\.jsonl\.gz, line 1: expected .*table_id/)
  writeFileSync(wiki, gzipSync('{"split": "train"}').subarray(0, 20))
  expect(await refused('--wikisql', spider)).toContain('cannot be unpacked')
})

test('WikiSQL stands in schemas of several tables, its train split only, without tables that have a column twice', async () => {
  const wiki = [
    {
      split: 'train',
      table_id: '1',
      question: 'Who won in 1998?',
      sql: 'SELECT "WINNER" FROM t WHERE "YEAR" = 1998',
      columns: ['YEAR', 'WINNER'],
    },
    {
      split: 'train',
      table_id: '2',
      question: 'Which notes has Oslo?',
      sql: `SELECT "HOST NOTES" FROM t WHERE "TOWN" = 'Oslo'`,
      columns: ['TOWN', 'HOST NOTES'],
    },
    {
      split: 'dev',
      table_id: '3',
      question: 'How tall is it?',
      sql: 'SELECT "HEIGHT" FROM t WHERE "PEAK" = 1',
      columns: ['PEAK', 'HEIGHT'],
    },
    {
      split: 'train',
      table_id: '4',
      question: 'How many points were there in round 2?',
      sql: 'SELECT "POINTS" FROM t WHERE "ROUND" = 2',
      columns: ['ROUND', 'POINTS', 'Points'],
    },
  ]
  writeFileSync(
    join(spider, 'wikisql_used_columns.jsonl.gz'),
    gzipSync(wiki.map((one) => JSON.stringify(one)).join('\n')),
  )
  expect(await exported(['--wikisql', spider])).toMatchObject({ wikisql: 2 })
  const pack = readPacks().find(({ examples }) => examples.some(({ source }) => source === 'wikisql'))
  expect(textOf(pack?.prefix ?? [])).toMatch(/YEAR INTEGER/)
  expect(textOf(pack?.prefix ?? [])).not.toContain('HEIGHT')
  const own = pack?.examples.filter(({ source }) => source === 'wikisql')
  const written = own?.map(({ completion }) => textOf(completion).split('\n')[0]).sort()
  expect(written).toEqual([
    expect.stringMatching(/^SELECT "HOST NOTES" FROM table_[12] WHERE TOWN = 'Oslo'$/),
    expect.stringMatching(/^SELECT WINNER FROM table_[12] WHERE YEAR = 1998$/),
  ])
})

test('verified answers are trained on with their words and dates of now, but none of a database called like a held-back one', async () => {
  const csv = line.write('sales.csv', 'name,amount,sold_on\nAda,3,2026-01-05\nBen,9,2026-02-06\nCy,4,2026-03-07\n')
  const [kept = ''] = heldBack.databases
  await line.run(['databases', 'add', csv, '--name', 'sales'])
  await line.run(['databases', 'add', csv, '--name', kept])
  const state = openState({ path: places(line.home).state })
  for (const { id, name } of state.databases.list()) {
    const of = { databaseId: id, questionId: id, askedBy: null, verifiedBy: null }
    state.glossary.put({ databaseId: id, term: 'turnover', meaning: 'sum of amount', addedBy: null })
    const sql = `SELECT sum(amount) FROM sales WHERE sold_on >= '2024-01-01' AND sold_on < '2025-01-01'`
    const periods = [{ text: 'last year', start: '2024-01-01T00:00:00.000Z', end: '2025-01-01T00:00:00.000Z' }]
    state.verified.put({ ...of, normal: 'one', question: `Turnover of ${name} last year?`, sql, periods })
    state.verified.put({ ...of, normal: 'two', question: 'What broke?', sql: 'SELECT gone FROM sales', periods: [] })
  }
  state.close()
  const { verified = 0 } = await exported(['--verified'])
  expect(verified).toBeGreaterThanOrEqual(1)
  const own = readPacks()
    .flatMap(({ examples }) => examples)
    .filter(({ source }) => source === 'verified')
  const year = new Date().getUTCFullYear()
  for (const { prompt, completion } of own) {
    expect(textOf(prompt)).toMatch(/turnover.*sum of amount/is)
    expect(textOf(prompt)).not.toContain(kept)
    expect(textOf(completion)).toContain(`>= '${year - 1}-01-01' AND sold_on < '${year}-01-01'`)
  }
  expect(await exported(['--verified', '--held-back'])).toEqual({})
})

test('periods of a verified answer are those of whoever had asked', async () => {
  const csv = line.write('sales.csv', 'name,amount,sold_on\nAda,3,2026-01-05\nBen,9,2026-02-06\nCy,4,2026-03-07\n')
  await line.run(['databases', 'add', csv, '--name', 'sales'])
  const state = openState({ path: places(line.home).state })
  const [{ id: databaseId = '' } = {}] = state.databases.list()
  const verify = (askedBy: string, text: string, [start, end]: [string, string]) => {
    const sql = `SELECT '${askedBy}, ${text}', amount FROM sales WHERE sold_on >= '${start}' AND sold_on < '${end}'`
    const id = `${askedBy} ${text}`
    const periods = [{ text, start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z` }]
    state.verified.put({
      ...{ databaseId, normal: id, question: `What was sold ${text}?`, sql, periods },
      ...{ questionId: id, askedBy, verifiedBy: null },
    })
  }
  // There it is never the same day.
  state.chatPeople.set({ id: 'east', workspaceId: 'w' }, { timeZone: 'Pacific/Kiritimati' })
  state.chatPeople.set({ id: 'west', workspaceId: 'w' }, { timeZone: 'Pacific/Niue' })
  for (const id of ['east', 'west']) verify(id, 'yesterday', ['2026-01-05', '2026-01-06'])
  verify('west', 'last week', ['2026-01-04', '2026-01-11'])
  state.close()
  await exported(['--verified'], { ROWBOT_WEEK_START: 'sunday' })
  const queries = readPacks().flatMap(({ examples }) => examples.map(({ completion }) => textOf(completion)))
  const startOf = (asked: string) =>
    /sold_on >= '([^']+)'/.exec(queries.find((sql) => sql.startsWith(`SELECT '${asked}'`)) ?? '')?.[1] ?? ''
  expect(startOf('east, yesterday') > startOf('west, yesterday')).toBe(true)
  expect(new Date(startOf('west, last week')).getUTCDay()).toBe(0)
})

test('other trainers get the same conversations in their formats', async () => {
  const counts = await exported(['--format', 'alpaca'])
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const alpaca = readLines().map((one) => JSON.parse(one))
  expect(alpaca).toHaveLength(all)
  const norway = alpaca.filter(({ output }) => output.includes("WHERE country = 'Norway'"))
  expect(norway[0]).toMatchObject({ input: '', system: expect.stringContaining('CREATE TABLE ship'), history: [] })
  expect(norway.map(({ output }) => output)).toContain("```sql\nSELECT name FROM ship WHERE country = 'Norway'\n```")
  const followUp = alpaca.find(({ history }) => history.length > 0)
  if (followUp) expect(followUp.history[0]).toEqual([expect.any(String), expect.stringContaining('```sql')])

  expect(await exported(['--format', 'sharegpt'])).toEqual(counts)
  const shared = readLines().map((one) => JSON.parse(one))
  expect(shared.map(({ conversations }) => conversations.at(-1).value)).toEqual(alpaca.map(({ output }) => output))
  for (const { conversations } of shared) {
    const [first, ...rest] = conversations.map(({ from }: { from: string }) => from)
    expect([first, ...rest.slice(0, 2)]).toEqual(['system', 'human', 'gpt'])
  }
})
