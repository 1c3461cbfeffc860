import { mayTeach } from '../authorise.ts'
import type { Response } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { good } from '../say.ts'
import { verifyByThumb } from '../verify-answer.ts'
import { say, type Visit } from '../visit.ts'

/** Remembers a verdict. From a trusted person a thumb up verifies the answer, and a thumb down takes that back. */
export function giveThumb(visit: Visit, found: FoundQuestion, verdict: 'up' | 'down'): Response {
  const { memory } = visit.office
  const { record } = found
  memory.questions.setFeedback({ questionId: record.id, personId: visit.person.key, verdict })
  const given = { questionId: record.id, thumb: verdict, personId: visit.person.key }
  const changed = maySettle(visit, found) ? verifyByThumb(visit.office, given) : null
  return say(good(sayThanks(verdict, changed)))
}

function sayThanks(verdict: 'up' | 'down', changed: ReturnType<typeof verifyByThumb>): string {
  if (changed === 'verified') return 'Thanks. This answer is verified now: who asks the same gets it at once.'
  if (changed === 'taken-back')
    return 'Thanks. It is no longer a verified answer, and is on the list of answers to look at.'
  return verdict === 'up' ? 'Thanks.' : 'Thanks. It is on the list of answers to look at.'
}

function maySettle({ office, place, person }: Visit, { database }: FoundQuestion): boolean {
  return database !== undefined && mayTeach(office, { database, place, person })
}
