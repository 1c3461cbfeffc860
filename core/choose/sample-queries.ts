import type { Generator } from '#models/generator.ts'
import { type CheckedAttempt, isSound } from '../doubt/find-doubt.ts'
import { writeSql } from '../generate/write-sql.ts'
import type { Prompt } from '../prompt/render-prompt.ts'
import { isEmpty, ran, resultKey } from '../ran.ts'
import { type Candidate, votesOf } from '../trace.ts'
import { withinBudget } from '../within-budget.ts'

export type Sampling = {
  generator: Generator
  prompt: Prompt
  count: number
  budgetMs: number
  check: (candidate: Candidate) => Promise<CheckedAttempt>
  signal: AbortSignal
  /** What was tried already: a sample of the same text is a vote for it. */
  before: CheckedAttempt[]
}

/**
 * Queries sampled side by side, likeliest first, without doubles and without those that were tried before. Each is run as soon as it is
 * written, and the others are given up once half of all agree on what they found, or the time is over: a text that goes on and on is mostly
 * wrong.
 */
export async function sampleQueries(sampling: Sampling): Promise<CheckedAttempt[]> {
  const { generator, prompt, count, budgetMs, check, signal, before } = sampling
  const votes: CheckedAttempt[] = []
  const agree = () => mostAgreeing(votes.filter(isSound)) >= count / 2
  let checking: Promise<void> = Promise.resolve()
  await withinBudget(budgetMs, signal, async ({ signal: writing, enough }) => {
    const look = async (candidate: Candidate) => {
      if (agree()) return
      const known = [...before, ...votes].find(({ attempt }) => attempt.candidate.written === candidate.sql)
      if (known) known.attempt.votes = votesOf(known.attempt) + 1
      votes.push(known ?? (await check(candidate)))
      if (agree()) enough()
    }
    const onCandidate = (candidate: Candidate) => {
      checking = checking.then(() => look(candidate))
      checking.catch(enough)
    }
    await writeSql(generator, { ...prompt, origin: 'sample', count, onCandidate, signal: writing })
  })
  await checking
  return [...new Set(votes)]
    .filter((one) => !before.includes(one))
    .sort((one, other) => logProbOf(other) - logProbOf(one))
}

/** How many found the same; what is empty may be so for many reasons, so it does not count. */
function mostAgreeing(sound: CheckedAttempt[]): number {
  const found = sound.map(({ attempt }) => attempt).filter((attempt) => ran(attempt) && !isEmpty(attempt.outcome))
  const keys = found.flatMap((attempt) => (ran(attempt) ? [resultKey(attempt.outcome)] : []))
  return Math.max(0, ...keys.map((key) => keys.filter((other) => other === key).length))
}

function logProbOf({ attempt }: CheckedAttempt): number {
  return attempt.candidate.logProb ?? 0
}
