import { mayManage } from '../authorise.ts'
import type { Response } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { isAdminHere } from '../person-at.ts'
import { good } from '../say.ts'
import { verifyAnswer } from '../verify-answer.ts'
import { say, type Visit } from '../visit.ts'

/** Remembers a verdict. From a trusted person a thumb up verifies the answer, and a thumb down takes that back. */
export function giveThumb(visit: Visit, found: FoundQuestion, verdict: 'up' | 'down'): Response {
  const { memory } = visit.office
  const { record } = found
  memory.questions.setFeedback({ questionId: record.id, personId: visit.person.key, verdict })
  const isTrusted = trusts(visit, found)
  if (verdict === 'up') {
    const verified = isTrusted && verifyAnswer(visit.office, record.id, visit.person.key)
    return say(good(verified ? 'Thanks. This answer is verified now: who asks the same gets it at once.' : 'Thanks.'))
  }
  const tookBack = isTrusted && memory.verified.remove(record.id)
  return say(
    good(
      tookBack
        ? 'Thanks. It is no longer a verified answer, and is on the list of answers to look at.'
        : 'Thanks. It is on the list of answers to look at.',
    ),
  )
}

function trusts({ office, place, person }: Visit, { database }: FoundQuestion): boolean {
  if (!database) return false
  const isTrusted = office.memory.chatPeople.settings(person.key).trusted && !person.isForeign && !person.isGuest
  return isTrusted || mayManage(database, place, person) || (database.id === office.sampleId && isAdminHere(person))
}
