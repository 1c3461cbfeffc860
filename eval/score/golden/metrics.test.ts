import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { sameSets } from '../bird/compare-bird.ts'
import { softF1 } from '../bird/soft-f1.ts'
import { readKeyColumns } from '../exact-set/key-columns.ts'
import { scoreExactSet } from '../exact-set/score-exact-set.ts'
import type { SpiderSchema } from '../exact-set/spider-sql.ts'
import { bagF1 } from '../text/bag-f1.ts'
import { corpusBleu } from '../text/bleu.ts'
import { sameText } from '../text/normalised-tokens.ts'
import { rouge } from '../text/rouge.ts'
import { textScores } from '../text/text-scores.ts'
import { goldenCases, type Tagged, untagged } from './golden-cases.ts'

describe('exact-set match', () => {
  const schema: SpiderSchema = new Map([
    ['orchard', ['id', 'name', 'region', 'hectares']],
    ['tree', ['id', 'orchard_id', 'kind', 'planted', 'height', 'value']],
  ])
  const cases =
    goldenCases<[gold: string, predicted: string, hardness: string | null, match: number]>('exact-set.jsonl')
  test.each(cases)('%s | %s: %s, %s', async (gold, predicted, hardness, match) => {
    const tables = await readKeyColumns(fileURLToPath(new URL('tables.json', import.meta.url)))
    const score = scoreExactSet({ gold, predicted }, { schema, keys: tables.get('trees') ?? new Map() })
    expect(score).toEqual(hardness === null ? null : { hardness, match: match === 1 })
  })
})

describe('BIRD', () => {
  const cases = goldenCases<[expected: Tagged, actual: Tagged, same: number, softF1: number]>('bird.jsonl')
  test.each(cases)('%j | %j', (expected, actual, same, soft) => {
    const [one, other] = [untagged(expected), untagged(actual)]
    expect(sameSets(one, other)).toBe(same === 1)
    expect(softF1(one, other)).toBeCloseTo(soft, 10)
  })
})

describe('texts', () => {
  type Case = [
    gold: string,
    predicted: string,
    same: number,
    tokens: string,
    other: string,
    f1: number,
    ...rouge: number[],
  ]
  const cases = goldenCases<Case>('text.jsonl')
  const words = (text: string) => text.split(' ').filter((word) => word !== '')
  test.each(cases)('%s | %s', (gold, predicted, same, tokens, other, f1, rouge1, rouge2, rougeL) => {
    expect(sameText(gold, predicted)).toBe(same === 1)
    expect(bagF1(words(tokens), words(other))).toBeCloseTo(f1, 10)
    const scores = rouge(gold, predicted)
    for (const [score, golden] of [
      [scores.rouge1, rouge1],
      [scores.rouge2, rouge2],
      [scores.rougeL, rougeL],
    ] as const) {
      expect(score).toBeCloseTo(golden ?? Number.NaN, 10)
    }
  })

  test.each(goldenCases<[corpus: [string, string][], bleu: number]>('bleu.jsonl'))('BLEU of %j: %d', (corpus, bleu) => {
    const pairs = corpus.map(([gold, predicted]) => ({ gold: gold.split(' '), predicted: predicted.split(' ') }))
    expect(corpusBleu(pairs)).toBeCloseTo(bleu, 8)
  })

  test('a gold text is as like itself as can be', () => {
    // One word alone has no pair of words to be like.
    const pairs = cases.filter(([gold]) => rouge(gold, gold).rouge2 > 0).map(([gold]) => ({ gold, predicted: gold }))
    const { bleu4, ...others } = textScores(pairs)
    expect(bleu4).toBeCloseTo(100)
    expect(Object.values(others).map(Math.round)).toEqual(Array(5).fill(100))
  })
})
