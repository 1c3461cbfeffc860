import { type CheckedAttempt, isSound } from '../doubt/find-doubt.ts'
import { groupBy } from '../group-by.ts'
import { isEmpty, type Ran, ran, resultKey } from '../ran.ts'
import { votesOf } from '../trace.ts'

type CheckedRan = CheckedAttempt & { attempt: Ran }

/**
 * The attempt whose result most of the sound others agree with (self-consistency by execution); among equals what doubtful queries found too,
 * then the likeliest. An empty result weighs less than one that found something. Undefined where none gave rows.
 */
export function chooseByVote(tried: CheckedAttempt[]): CheckedRan | undefined {
  const groups = groupBy(tried.filter(checkedRan), ({ attempt }) => resultKey(attempt.outcome))
  const [best = []] = [...groups.values()].sort(
    (one, other) =>
      weigh(other.filter(isSound)) - weigh(one.filter(isSound)) ||
      weigh(other) - weigh(one) ||
      likeliest(other) - likeliest(one),
  )
  return best.find(isSound) ?? best[0]
}

function checkedRan(checked: CheckedAttempt): checked is CheckedRan {
  return ran(checked.attempt)
}

/** A question presumes that there is something to find: several empty results weigh as much as one that is not. */
const EMPTY_WEIGHT = 0.4

function weigh(group: CheckedRan[]): number {
  const empty = group[0] !== undefined && isEmpty(group[0].attempt.outcome)
  const votes = group.reduce((sum, { attempt }) => sum + votesOf(attempt), 0)
  return votes * (empty ? EMPTY_WEIGHT : 1)
}

function likeliest(group: CheckedRan[]): number {
  return Math.max(...group.map(({ attempt }) => attempt.candidate.logProb ?? Number.NEGATIVE_INFINITY))
}
