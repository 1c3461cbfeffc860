import type { DatasetCase } from '../datasets/dataset-case.ts'
import type { Score, Scorer } from './open-scorer.ts'

/** A case's score; unanswered: no query was given, which is right where the database holds no answer. */
export type CaseScore = { verdict: Score['verdict'] | 'unanswered'; message?: string; file?: string }

/**
 * Scores an answer to a case: right if it agrees with any of the accepted queries, on the case's own database or, where `files` are given,
 * on all of those.
 */
export async function scoreCase(
  scorer: Scorer,
  one: DatasetCase,
  predicted: string | null,
  { files, signal }: { files?: string[]; signal?: AbortSignal } = {},
): Promise<CaseScore> {
  if (predicted === null) return { verdict: one.accepted.length === 0 ? 'right' : 'unanswered' }
  let first: Score | undefined
  for (const gold of one.accepted) {
    const score = await scorer.scoreTs({ gold, predicted, files: files ?? [one.file] }, signal)
    if (score.verdict === 'right') return score
    first ??= score
  }
  return first ?? { verdict: 'wrong', message: 'The database holds no answer to this question.' }
}
