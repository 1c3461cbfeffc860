import type { NewResult, Verdict } from '#databases/state/evaluation-record.ts'
import type { Scorer } from '../score/open-scorer.ts'
import { scoreCase } from '../score/score-case.ts'
import type { Solved } from './answer-case.ts'
import { classifyFault } from './classify-fault.ts'
import type { RunCase } from './run-case.ts'

/** Scores what a configuration made of a case, and the query as it was at earlier stages: what each of them won or lost. */
export async function scoreSolved(
  one: RunCase,
  solved: Solved,
  { scorer, suite, signal }: { scorer: Scorer; suite: boolean; signal?: AbortSignal },
): Promise<NewResult> {
  const known = new Map<string, Promise<boolean>>()
  const isRight = (sql: string | null): Promise<boolean> | null => {
    if (sql === null) return null
    const right = known.get(sql) ?? scoreCase(scorer, one, sql, { signal }).then(({ verdict }) => verdict === 'right')
    known.set(sql, right)
    return right
  }
  const { verdict: scored, message = null } = await scoreCase(scorer, one, solved.sql, { signal })
  const verdict: Verdict = scored === 'unanswered' && solved.reason === 'too-slow' ? 'timed-out' : scored
  if (solved.sql !== null) known.set(solved.sql, Promise.resolve(verdict === 'right'))
  const [writtenRight, fittedRight] = await Promise.all([isRight(solved.written), isRight(solved.fitted)])
  const { sql, origin, ms, tokens, generatingMs, trace } = solved
  return {
    verdict,
    suiteRight: suite ? await isSuiteRight(one, solved, verdict, scorer, signal) : null,
    sql,
    message: message ?? solved.message,
    fault: classifyFault({ verdict, sql, gold: one.accepted[0] ?? null, message, rowCount: solved.rowCount }),
    writtenRight,
    fittedRight,
    origin,
    ms,
    tokens,
    generatingMs,
    trace,
  }
}

/** Null where there are no distilled databases to run it on. */
async function isSuiteRight(
  one: RunCase,
  { sql }: Solved,
  verdict: Verdict,
  scorer: Scorer,
  signal?: AbortSignal,
): Promise<boolean | null> {
  if (one.suiteFiles.length === 0 || verdict === 'gold-failed') return null
  if (sql === null || verdict === 'crashed') return false
  const score = await scoreCase(scorer, one, sql, { files: one.suiteFiles, signal })
  return score.verdict === 'gold-failed' ? null : score.verdict === 'right'
}
