import { expect, test } from 'vitest'
import type { GenerateRequest, Generation, Generator } from '#models/generator.ts'
import type { CheckedAttempt } from '../doubt/find-doubt.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'
import type { Candidate } from '../trace.ts'
import { sampleQueries } from './sample-queries.ts'

const prompt = { messages: [{ role: 'user' as const, content: 'How many?' }], keptMessages: 0 }

/** Finishes one text after the other, each after its time, as sequences of one batch do. */
function unhurriedGenerator(texts: { sql: string; atMs: number }[]): Generator {
  const generate = ({ onCandidate, signal }: GenerateRequest) =>
    new Promise<Generation[]>((resolve, reject) => {
      const made: Generation[] = []
      const timers = texts.map(({ sql, atMs }, index) =>
        setTimeout(() => {
          const generation: Generation = { text: sql, logProb: -index, tokens: 5, finished: 'stop' }
          made.push(generation)
          onCandidate?.(generation)
          if (made.length === texts.length) resolve(made)
        }, atMs),
      )
      if (signal?.aborted) reject(signal.reason)
      signal?.addEventListener('abort', () => {
        for (const timer of timers) clearTimeout(timer)
        reject(signal.reason)
      })
    })
  return { ...scriptedGenerator([]), generate }
}

async function sample(
  texts: { sql: string; atMs: number }[],
  changes: { budgetMs?: number; signal?: AbortSignal; before?: CheckedAttempt[] } = {},
) {
  const ran: string[] = []
  const check = async (candidate: Candidate): Promise<CheckedAttempt> => {
    ran.push(candidate.sql)
    const rows = [[Number(/\d+/.exec(candidate.sql)?.[0] ?? 0)]]
    const outcome = { kind: 'rows' as const, columns: ['n'], rows, truncated: false }
    const attempt = { candidate: { ...candidate, written: candidate.sql }, outcome, notes: [], ms: 1 }
    return { attempt, unknownNames: [], unknownValues: [], doubt: null }
  }
  const checked = await sampleQueries({
    generator: unhurriedGenerator(texts),
    prompt,
    count: texts.length,
    budgetMs: 60_000,
    signal: new AbortController().signal,
    before: [],
    ...changes,
    check,
  })
  return { ran, checked, sqls: checked.map(({ attempt }) => attempt.candidate.sql) }
}

test('once half agree on what they found, the others are not waited for', async () => {
  const { ran, sqls } = await sample([
    { sql: 'SELECT 2', atMs: 1 },
    { sql: 'SELECT 1', atMs: 20 },
    { sql: 'SELECT 1 AS n', atMs: 40 },
    { sql: 'SELECT 2 AS slow', atMs: 60_000 },
  ])
  expect(ran).toEqual(['SELECT 2', 'SELECT 1', 'SELECT 1 AS n'])
  expect(sqls).toEqual(ran)
})

test('the same query twice agrees with itself, and is run once', async () => {
  const { ran, sqls } = await sample([
    { sql: 'SELECT 1', atMs: 1 },
    { sql: 'SELECT 1', atMs: 10 },
    { sql: 'SELECT 2', atMs: 60_000 },
    { sql: 'SELECT 3', atMs: 60_000 },
  ])
  expect(ran).toEqual(['SELECT 1'])
  expect(sqls).toEqual(['SELECT 1'])
})

test('a query that was tried before gets a vote, and is not run again', async () => {
  const { checked } = await sample([{ sql: 'SELECT 1', atMs: 1 }])
  const twice = [
    { sql: 'SELECT 1', atMs: 1 },
    { sql: 'SELECT 2', atMs: 10 },
    { sql: 'SELECT 2', atMs: 20 },
    { sql: 'SELECT 3', atMs: 60_000 },
  ]
  const again = await sample(twice, { before: checked })
  expect(again.ran).toEqual(['SELECT 2'])
  expect([...checked, ...again.checked].map(({ attempt }) => [attempt.candidate.sql, attempt.votes])).toEqual([
    ['SELECT 1', 2],
    ['SELECT 2', 2],
  ])
})

test('when the time is over, what is written by then counts', async () => {
  const texts = [
    { sql: 'SELECT 1', atMs: 1 },
    { sql: 'SELECT 2', atMs: 60_000 },
  ]
  const four = [...texts, { sql: 'SELECT 3', atMs: 60_000 }, { sql: 'SELECT 4', atMs: 60_000 }]
  expect((await sample(four, { budgetMs: 100 })).sqls).toEqual(['SELECT 1'])
})

test('a person who stops is not taken for a budget that ends', async () => {
  const signal = AbortSignal.abort(new Error('stopped by hand'))
  await expect(sample([{ sql: 'SELECT 1', atMs: 1 }], { signal })).rejects.toThrow('stopped by hand')
})
