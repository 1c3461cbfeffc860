import type { JudgedAnswer } from './judged-answer.ts'
import type { RefusalKind } from './refusal-case.ts'

/** A judged answer with the probability that it should not have been given. */
export type Scored = { answer: JudgedAnswer; probability: number }

/** Share of the questions of each kind that are refused. */
export type Refused = Record<RefusalKind, { n: number; refused: number }>

/** Certain where no query was found, or none was looked for since the words alone tell. */
function refusalScore({ answer, probability }: Scored): number {
  return answer.signals === null ? 1 : probability
}

/** The lowest threshold at which at most `share` of the answerable questions are refused. */
export function thresholdFor(scored: Scored[], share: number): number {
  const scores = scored
    .filter(({ answer }) => answer.kind === 'answerable')
    .map(refusalScore)
    .sort((one, other) => other - one)
  const allowed = Math.floor(share * scores.length)
  const next = scores[allowed] ?? 0
  // Between the last score that may be refused and the first that may not.
  return next >= 1 ? 1 : (next + Math.min(scores[allowed - 1] ?? 1, 1)) / 2
}

/** What a threshold refuses. */
export function refusedAt(scored: Scored[], threshold: number): Refused {
  const of = (kind: RefusalKind) => {
    const some = scored.filter(({ answer }) => answer.kind === kind)
    return {
      n: some.length,
      refused: some.filter((one) => refusalScore(one) >= threshold).length / Math.max(some.length, 1),
    }
  }
  return { answerable: of('answerable'), 'near-miss': of('near-miss'), alien: of('alien'), 'by-hand': of('by-hand') }
}

/** The shares as one line. */
export function sayRefused(where: string, refused: Refused): string {
  const parts = Object.entries(refused).map(
    ([kind, { n, refused: share }]) => `${kind} ${(100 * share).toFixed(1)} % of ${n}`,
  )
  return `refused ${where}: ${parts.join(', ')}`
}
