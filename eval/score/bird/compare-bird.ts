import type { SqlValue } from '#databases/schema/schema.ts'
import { fetchRows } from '../fetch-rows.ts'
import { valueKey } from '../value-key.ts'
import { softF1 } from './soft-f1.ts'

/** BIRD's verdict on a prediction, and its Soft-F1 from 0 to 1. */
export type BirdScore = {
  verdict: 'right' | 'wrong' | 'crashed' | 'timed-out' | 'gold-failed'
  softF1: number
  message?: string
}

/** Runs both queries as they are and compares as BIRD does: sets of rows, columns in their order. Inside a scoring process. */
export function compareBird({ file, gold, predicted }: { file: string; gold: string; predicted: string }): BirdScore {
  const expected = fetchRows(file, gold, { likeReference: false })
  if ('message' in expected) return { verdict: 'gold-failed', softF1: 0, message: expected.message }
  const actual = fetchRows(file, predicted, { likeReference: false })
  if ('message' in actual) return { verdict: 'crashed', softF1: 0, message: actual.message }
  return {
    verdict: sameSets(expected.rows, actual.rows) ? 'right' : 'wrong',
    softF1: softF1(expected.rows, actual.rows),
  }
}

/** BIRD's execution accuracy on two results: the same set of rows, so that neither order nor repetition counts. */
export function sameSets(expected: SqlValue[][], actual: SqlValue[][]): boolean {
  const [wanted, got] = [setOf(expected), setOf(actual)]
  return wanted.size === got.size && [...wanted].every((row) => got.has(row))
}

function setOf(rows: SqlValue[][]): Set<string> {
  return new Set(rows.map((row) => JSON.stringify(row.map(valueKey))))
}
