import { describe, expect, test } from 'vitest'
import type { SqlValue } from '#databases/schema/schema.ts'
import type { Attempt } from '../trace.ts'
import { chooseByVote } from './choose-by-vote.ts'

function attempt(sql: string, rows: SqlValue[][] | string, logProb: number | null = -1): Attempt {
  const outcome =
    typeof rows === 'string'
      ? { kind: 'rejected' as const, message: rows }
      : { kind: 'rows' as const, columns: [], rows, truncated: false }
  return { candidate: { sql, origin: 'sample', logProb }, outcome, notes: [], ms: 1 }
}

describe('the vote', () => {
  test('goes to the result that most agree on, whatever the order of rows and columns', () => {
    const chosen = chooseByVote([
      attempt('a', [
        [1, 'x'],
        [2, 'y'],
      ]),
      attempt('b', [[3, 'z']], -0.1),
      attempt('c', [
        ['y', 2],
        ['x', 1],
      ]),
      attempt('d', 'no such column'),
    ])
    expect(chosen?.candidate.sql).toBe('a')
  })

  test('counts how often a query was written', () => {
    expect(chooseByVote([attempt('a', [[1]], -1), { ...attempt('b', [[2]], -5), votes: 2 }])?.candidate.sql).toBe('b')
  })

  test('between equals goes to the likelier query', () => {
    expect(chooseByVote([attempt('a', [[1]], -5), attempt('b', [[2]], -2)])?.candidate.sql).toBe('b')
  })

  test('counts empty results for less, but several of them do count', () => {
    expect(chooseByVote([attempt('a', []), attempt('b', [[null]]), attempt('c', [[2]])])?.candidate.sql).toBe('c')
    expect(
      chooseByVote([attempt('a', []), attempt('b', []), attempt('c', []), attempt('d', [[2]])])?.candidate.sql,
    ).toBe('a')
  })

  test('tells bytes and big numbers apart', () => {
    const bytes = (value: number) => attempt(`x${value}`, [[new Uint8Array([value]), 2n ** 60n + BigInt(value)]])
    expect(chooseByVote([bytes(1), bytes(2), bytes(2)])?.candidate.sql).toBe('x2')
  })

  test('has no winner where nothing ran', () => {
    expect(chooseByVote([attempt('a', 'no such table')])).toBeUndefined()
    expect(chooseByVote([])).toBeUndefined()
  })
})
