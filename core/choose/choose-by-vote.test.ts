import { describe, expect, test } from 'vitest'
import type { SqlValue } from '#databases/schema/schema.ts'
import type { CheckedAttempt, Doubt } from '../doubt/find-doubt.ts'
import { chooseByVote } from './choose-by-vote.ts'

type Try = { logProb?: number; votes?: number; doubt?: Doubt }

function attempt(
  sql: string,
  rows: SqlValue[][] | string,
  { logProb = -1, votes, doubt = undefined }: Try = {},
): CheckedAttempt {
  const outcome =
    typeof rows === 'string'
      ? { kind: 'rejected' as const, message: rows }
      : { kind: 'rows' as const, columns: [], rows, truncated: false }
  const tried = { candidate: { sql, origin: 'sample' as const, logProb }, outcome, notes: [], ms: 1, votes }
  return { attempt: tried, unknownNames: [], unknownValues: [], doubt: doubt ?? null }
}

function winner(...tried: CheckedAttempt[]): string | undefined {
  return chooseByVote(tried)?.attempt.candidate.sql
}

describe('the vote', () => {
  test('goes to the result that most agree on, whatever the order of rows and columns', () => {
    const chosen = chooseByVote([
      attempt('a', [
        [1, 'x'],
        [2, 'y'],
      ]),
      attempt('b', [[3, 'z']], { logProb: -0.1 }),
      attempt('c', [
        ['y', 2],
        ['x', 1],
      ]),
      attempt('d', 'no such column'),
    ])
    expect(chosen?.attempt.candidate.sql).toBe('a')
  })

  test('counts how often a query was written', () => {
    expect(winner(attempt('a', [[1]]), attempt('b', [[2]], { logProb: -5, votes: 2 }))).toBe('b')
  })

  test('between equals goes to the likelier query', () => {
    expect(winner(attempt('a', [[1]], { logProb: -5 }), attempt('b', [[2]], { logProb: -2 }))).toBe('b')
  })

  test('counts empty results for less, but several of them do count', () => {
    expect(winner(attempt('a', []), attempt('b', [[null]]), attempt('c', [[2]]))).toBe('c')
    expect(winner(attempt('a', []), attempt('b', []), attempt('c', []), attempt('d', [[2]]))).toBe('a')
  })

  test('between equals goes to what doubtful queries found too, which outvote no sound one', () => {
    const doubt = { kind: 'join-unasked' as const, table: 'orders' }
    const doubtful = attempt('a', [[1]], { votes: 9, doubt })
    const [sound, likelier] = [attempt('b', [[1]], { logProb: -5 }), attempt('c', [[2]])]
    expect(winner(sound, likelier)).toBe('c')
    expect(winner(doubtful, sound, likelier)).toBe('b')
    expect(winner(doubtful, likelier)).toBe('c')
    expect(winner(doubtful, attempt('d', []))).toBe('d')
    expect(winner(doubtful, attempt('d', [[3]], { doubt }))).toBe('a')
  })

  test('tells bytes and big numbers apart', () => {
    const bytes = (value: number) => attempt(`x${value}`, [[new Uint8Array([value]), 2n ** 60n + BigInt(value)]])
    expect(winner(bytes(1), bytes(2), bytes(2))).toBe('x2')
  })

  test('has no winner where nothing ran', () => {
    expect(chooseByVote([attempt('a', 'no such table')])).toBeUndefined()
    expect(chooseByVote([])).toBeUndefined()
  })
})
