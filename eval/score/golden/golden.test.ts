import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '#databases/sandbox/testing/make-database.ts'
import type { SqlValue } from '#databases/schema/schema.ts'
import { comparableSql } from '../comparable-sql.ts'
import { readKeyColumns } from '../exact-set/key-columns.ts'
import { scoreExactSet } from '../exact-set/score-exact-set.ts'
import type { SpiderSchema } from '../exact-set/spider-sql.ts'
import { openScorer, type Scorer, type ScorerOptions } from '../open-scorer.ts'
import { plugValues } from '../plug-values.ts'
import { sameResult } from '../same-result.ts'
import databases from './databases.json' with { type: 'json' }

// Every case says what the reference scorer made of it; make-golden.py writes them.

function golden<Case>(name: string): Case[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

type Tagged = (string | null)[][]

function untagged(table: Tagged): SqlValue[][] {
  return table.map((row) => row.map((cell) => (cell === null ? null : sqlValue(cell.charAt(0), cell.slice(1)))))
}

function sqlValue(tag: string, text: string): SqlValue {
  if (tag === 'i') return BigInt(text)
  if (tag === 'r') return Number(text.replace('inf', 'Infinity'))
  return tag === 'b' ? new Uint8Array(Buffer.from(text, 'hex')) : text
}

describe('pairs of results', () => {
  const cases = golden<[Tagged, Tagged, number, number]>('result-pairs.jsonl')
  test.each(cases)('%j and %j', (expected, actual, unordered, ordered) => {
    const [one, other] = [untagged(expected), untagged(actual)]
    expect(sameResult(one, other, false)).toBe(unordered === 1)
    expect(sameResult(one, other, true)).toBe(ordered === 1)
  })
})

describe('pairs of SQL', () => {
  type Case = [
    names: (keyof typeof databases)[],
    gold: string,
    predicted: string,
    plug: number,
    keep: number,
    score: number,
  ]
  const cases = golden<Case>('sql-pairs.jsonl')
  const folder = makeFolder()
  const scorers = new Map<string, Scorer>()
  const scorerFor = (options: ScorerOptions) => {
    const key = JSON.stringify(options)
    const scorer = scorers.get(key) ?? openScorer({ processes: 1, ...options })
    scorers.set(key, scorer)
    return scorer
  }
  beforeAll(() => {
    for (const [name, script] of Object.entries(databases)) makeDatabase(folder.path, `${name}.sqlite`, script)
  })
  afterAll(async () => {
    for (const scorer of scorers.values()) await scorer.close()
    folder.remove()
  })

  // Where the reference itself breaks down (nothing but blanks), a prediction crashes here.
  const VERDICTS: Record<number, string[]> = {
    1: ['right'],
    0: ['wrong', 'crashed'],
    [-1]: ['gold-failed'],
    [-2]: ['crashed', 'wrong'],
  }
  test.each(cases)('%j: %s | %s (plug %d, keep %d): %d', async (names, gold, predicted, plug, keep, score) => {
    const files = names.map((name) => join(folder.path, `${name}.sqlite`))
    const scorer = scorerFor({ plugValue: plug === 1, keepDistinct: keep === 1, likeReference: true })
    const { verdict } = await scorer.scoreTs({ gold, predicted, files })
    expect(VERDICTS[score]).toContain(verdict)
  })
})

test.each(golden<[string, string]>('without-distinct.jsonl'))('%j without DISTINCT', (sql, expected) => {
  expect(comparableSql(sql)).toBe(expected)
})

test.each(golden<[string, string, string[]]>('plugged.jsonl'))('%s: its values in %s', (gold, predicted, filled) => {
  expect([...new Set(plugValues(gold, predicted))].sort()).toEqual([...filled].sort())
})

describe('exact-set match', () => {
  const schema: SpiderSchema = new Map([
    ['orchard', ['id', 'name', 'region', 'hectares']],
    ['tree', ['id', 'orchard_id', 'kind', 'planted', 'height', 'value']],
  ])
  const cases = golden<[gold: string, predicted: string, hardness: string | null, match: number]>('exact-set.jsonl')
  test.each(cases)('%s | %s: %s, %s', async (gold, predicted, hardness, match) => {
    const tables = await readKeyColumns(fileURLToPath(new URL('tables.json', import.meta.url)))
    const score = scoreExactSet({ gold, predicted }, { schema, keys: tables.get('trees') ?? new Map() })
    expect(score).toEqual(hardness === null ? null : { hardness, match: match === 1 })
  })
})
