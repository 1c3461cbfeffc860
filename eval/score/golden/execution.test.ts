import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, makeFolder } from '#databases/sandbox/testing/make-database.ts'
import { comparableSql } from '../comparable-sql.ts'
import { openScorer, type Scorer, type ScorerOptions } from '../open-scorer.ts'
import { plugValues } from '../plug-values.ts'
import { sameResult } from '../same-result.ts'
import databases from './databases.json' with { type: 'json' }
import { goldenCases, type Tagged, untagged } from './golden-cases.ts'

describe('pairs of results', () => {
  const cases = goldenCases<[Tagged, Tagged, number, number]>('result-pairs.jsonl')
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
  const cases = goldenCases<Case>('sql-pairs.jsonl')
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
    // The script did as evaluation.py does with predictions.
    const { verdict } = await scorer.scoreTs({ gold, predicted: predicted.replaceAll('value', '1'), files })
    expect(VERDICTS[score]).toContain(verdict)
  })
})

test.each(goldenCases<[string, string]>('without-distinct.jsonl'))('%j without DISTINCT', (sql, expected) => {
  expect(comparableSql(sql)).toBe(expected)
})

test.each(goldenCases<[string, string, string[]]>('plugged.jsonl'))(
  '%s: its values in %s',
  (gold, predicted, filled) => {
    expect([...new Set(plugValues(gold, predicted))].sort()).toEqual([...filled].sort())
  },
)
