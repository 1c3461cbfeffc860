import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { en, Faker } from '@faker-js/faker'
import SQLite from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { indexValues } from './index-values.ts'
import { type OpenValueIndex, openValueIndex, type ValueMatch } from './value-index.ts'

let folder: string
let made = 0
const open: OpenValueIndex[] = []
const budget = { maxValues: 200_000, maxValuesPerColumn: 100_000, maxRows: 1e6, ms: 60_000 }

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'values-'))
})
afterAll(() => {
  for (const index of open) index.close()
  rmSync(folder, { recursive: true, force: true })
})

function build(columns: Record<string, (string | number | null | Uint8Array)[]>, limits = budget) {
  const [path, out] = [join(folder, `${made}.sqlite`), join(folder, `${made++}.values`)]
  const db = new SQLite(path)
  db.transaction(() => {
    for (const [name, values] of Object.entries(columns)) {
      db.exec(`CREATE TABLE "${name}s" ("${name}")`)
      const insert = db.prepare(`INSERT INTO "${name}s" VALUES (?)`)
      for (const value of values) insert.run(value)
    }
  })()
  db.close()
  const names = Object.keys(columns).map((name) => ({ table: `${name}s`, column: name }))
  const built = indexValues({ path, out, columns: names, budget: limits })
  const index = openValueIndex(out)
  open.push(index)
  return { built, index, out, path }
}

function first(matches: ValueMatch[]): string | undefined {
  return matches[0] && `${matches[0].matched} → ${matches[0].value}`
}

describe('what a question names', () => {
  let index: OpenValueIndex

  beforeAll(() => {
    index = build({
      city: [
        'München',
        'Köln',
        'New York',
        'York',
        'São Paulo',
        'Zürich',
        'Łódź',
        'Paris',
        'Orléans',
        'Göteborg',
        'Straßburg',
      ],
      country: ['Germany', 'France', 'US', 'IN', 'Netherlands', "Côte d'Ivoire"],
      product: ['Tablet', 'Coffee Mug', 'Running Shoes', 'Box', 'Battery', 'Intelligent Concrete Chair', 'AT&T Phone'],
      company: ['Acme Corporation', 'Müller & Söhne GmbH', 'O’Brien Ltd'],
      status: ['paid', 'open', 'All', 'M', 'F'],
      person: ['John Smith', 'John Doe', 'Michael Jackson', 'Massachusetts'],
    }).index
  })

  it.each([
    ['customers in München', 'München → München'],
    ['customers in munchen', 'munchen → München'],
    ['customers in Muenchen?', 'Muenchen → München'],
    ['customers in MÜNCHEN', 'MÜNCHEN → München'],
    ['who lives in Mu\u0308nchen', 'Mu\u0308nchen → München'],
    ['in Koln', 'Koln → Köln'],
    ['in Koeln', 'Koeln → Köln'],
    ['in Goteborg', 'Goteborg → Göteborg'],
    ['in Strasburg', 'Strasburg → Straßburg'],
    ['in Strassburg', 'Strassburg → Straßburg'],
    ['in lodz', 'lodz → Łódź'],
    ['in Sao Paulo', 'Sao Paulo → São Paulo'],
    ["from cote d'ivoire", "cote d'ivoire → Côte d'Ivoire"],
    ["at o'brien ltd", "o'brien ltd → O’Brien Ltd"],
    ['of muller & sohne gmbh', 'muller & sohne gmbh → Müller & Söhne GmbH'],
    ['an at&t phone', 'at&t phone → AT&T Phone'],
  ])('%s: accents and case', (question, expected) => expect(first(index.match(question))).toBe(expected))

  it.each([
    ['orders from the Nethrlands', 'Nethrlands → Netherlands'],
    ['orders from Germnay', 'Germnay → Germany'],
    ['orders from Massachusets', 'Massachusets → Massachusetts'],
    ['songs of Micheal Jackson', 'Micheal Jackson → Michael Jackson'],
    ['inteligent concrete chiars', 'inteligent concrete chiars → Intelligent Concrete Chair'],
    ['calls by Jonh Smith', 'Jonh Smith → John Smith'],
  ])('%s: typing errors', (question, expected) => expect(first(index.match(question))).toBe(expected))

  it.each([
    ['how many tablets were sold', 'tablets → Tablet'],
    ['sold coffee mugs', 'coffee mugs → Coffee Mug'],
    ['a running shoe', 'running shoe → Running Shoes'],
    ['boxes per day', 'boxes → Box'],
    ['batteries', 'batteries → Battery'],
  ])('%s: singular and plural', (question, expected) => expect(first(index.match(question))).toBe(expected))

  it('ranks letter by letter before folded before misspelt before a part', () => {
    const score = (question: string) => index.match(question)[0]?.score ?? 0
    const scores = ['Paris', 'paris', 'tablets', 'Parsi', 'Acme'].map(score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(new Set(scores).size).toBe(scores.length)
    expect(scores[0]).toBe(1)
  })

  it('prefers the longer value over the one inside it', () => {
    expect(index.match('orders from New York').map(({ value }) => value)).toEqual(['New York'])
    expect(index.match('orders from York').map(({ value }) => value)[0]).toBe('York')
  })

  it('finds a value by one of its words', () => {
    expect(first(index.match('what did Acme order'))).toBe('Acme → Acme Corporation')
    expect(
      index
        .match('orders by John')
        .map(({ value }) => value)
        .sort(),
    ).toEqual(['John Doe', 'John Smith'])
  })

  it('says where the value is', () => {
    expect(index.match('orders from Paris')).toEqual([
      { table: 'citys', column: 'city', value: 'Paris', score: 1, matched: 'Paris' },
    ])
  })

  it.each([
    'show me all the orders we have in the last week',
    'how many of them are there per month',
    'tell us what the average is',
    'which names are the most frequent ones, and who has them',
    'box-office',
    'm f',
    '12 in 2024',
    '',
    '   ',
    '?!',
  ])('short and common words match nothing: %s', (question) => {
    const found = index.match(question).filter(({ value }) => value !== 'Box')
    expect(found).toEqual([])
  })

  it('takes two letters for a value only as they are written there', () => {
    expect(first(index.match('customers from the US'))).toBe('US → US')
    expect(index.match('customers who told us')).toEqual([])
    expect(first(index.match('sales IN the state IN'))).toBe('IN → IN')
    expect(first(index.match('gender F'))).toBe('F → F')
  })

  it('takes any text without failing', () => {
    const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }))
    fc.assert(
      fc.property(odd, (text) => {
        for (const match of index.match(text)) expect(text).toContain(match.matched)
      }),
      { numRuns: 200 },
    )
    expect(first(index.match(`'; DROP TABLE entry; -- Paris" OR 1`))).toBe('Paris → Paris')
  })

  it('is not held up by a question without end', () => {
    const start = process.cpuUsage()
    for (const text of [
      'Paris '.repeat(4000),
      'x'.repeat(20_000),
      'Mnüchen Germnay '.repeat(2000),
      '🙂'.repeat(10_000),
    ]) {
      expect(index.match(text).length).toBeLessThanOrEqual(10)
    }
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(500)
  })

  it('keeps no more than were asked for', () => {
    expect(index.match('Paris Germany Tablet paid', 2)).toHaveLength(2)
  })
})

describe('what is indexed', () => {
  it('leaves out numbers, dates, digests, long and broken texts, blobs and NULL', () => {
    const { built, index } = build({
      mixed: [
        '12',
        12,
        '3.5',
        '2024-01-31',
        '2024-01-31T10:00:00Z',
        '+49 151 234',
        'd41d8cd98f00b204e9800998ecf8427e',
        '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
        'x'.repeat(500),
        'one two three four five six seven eight nine',
        'bad \ufffd text',
        null,
        new Uint8Array([1, 2]),
        '',
        '  ',
        '***',
        'kept',
      ],
    })
    expect(built).toEqual({ values: 1, complete: true })
    expect(first(index.match('kept'))).toBe('kept → kept')
  })

  it('stops at each limit and says so', () => {
    const words = Array.from({ length: 3000 }, (_, n) => `word${'abcdefghij'[n % 10]} x${n}`)
    const limited = (limits: Partial<typeof budget>) => build({ a: words, b: words }, { ...budget, ...limits }).built
    expect(limited({})).toEqual({ values: 6000, complete: true })
    expect(limited({ maxValuesPerColumn: 100 })).toEqual({ values: 200, complete: false })
    for (const limits of [{ maxValues: 1000 }, { maxRows: 1000 }, { ms: 0 }]) {
      const { values, complete } = limited(limits)
      expect(complete).toBe(false)
      expect(values).toBeLessThan(2000)
    }
  })

  it('holds hostile text as text', () => {
    const nasty = [`Robert'); DROP TABLE entry;--`, '" OR "" = "', `NEAR(a b) AND *`, 'a\u0000b']
    const { index } = build({ name: nasty })
    expect(first(index.match(`who is Robert'); DROP TABLE entry;-- ?`))).toContain('Robert')
    expect(index.match('NEAR a b AND')).not.toBeNull()
  })
})

describe('a hundred thousand values', () => {
  it('are matched within 20 ms from an index of moderate size', { timeout: 90_000 }, () => {
    const faker = new Faker({ locale: en, seed: 7 })
    const many = (next: () => string) =>
      Array.from({ length: 35_000 }, (_, n) => `${next()} ${n % 7 === 0 ? '' : n.toString(36)}`)
    const { built, index, out } = build({
      person: many(() => faker.person.fullName()),
      company: many(() => faker.company.name()),
      city: many(() => faker.location.city()),
      place: ['München', 'Massachusetts'],
    })
    expect(built.values).toBeGreaterThan(80_000)
    expect(statSync(out).size).toBeLessThan(40e6)
    const questions = [
      'How many customers live in Munchen and ordered more than three tablets since the beginning of last yaer?',
      'What is the total revneue of the companies in Massachusets by industry, without those of Mr. Smith and Mrs. Johnson?',
      'Show me the names and adresses of everybody who has bought somehting expensive from Hansen Group in Port Elizabeth',
    ]
    expect(first(index.match(questions[0] ?? ''))).toBe('Munchen → München')
    const times = questions.flatMap((question) =>
      Array.from({ length: 5 }, () => {
        const start = process.cpuUsage()
        index.match(question)
        const { user, system } = process.cpuUsage(start)
        return (user + system) / 1000
      }),
    )
    // Processor time and the median: the machine may be doing something else.
    expect(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]).toBeLessThan(20)
  })
})
