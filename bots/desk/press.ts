import { openAccessForm } from './actions/access-form.ts'
import { askAgain, askIn, askThis } from './actions/ask-again.ts'
import { bindChannel } from './actions/bind-channel.ts'
import { openDatabaseForm } from './actions/database-form.ts'
import { explainAnswer } from './actions/explain-answer.ts'
import { giveCsv } from './actions/give-csv.ts'
import { giveThumb } from './actions/give-thumb.ts'
import { openGlossaryForm } from './actions/glossary-form.ts'
import { openFollowUpForm, openSqlForm } from './actions/question-forms.ts'
import { removeDatabase } from './actions/remove-database.ts'
import { shareAnswer } from './actions/share-answer.ts'
import { showBroken } from './actions/show-broken.ts'
import type { MessageRef } from './chat-platform.ts'
import type { Press, Response } from './desk.ts'
import { type FoundQuestion, findQuestion } from './find-question.ts'
import { readActionId } from './ids.ts'
import { isAdminHere } from './person-at.ts'
import { bad, good, neutral } from './say.ts'
import { say, type Visit } from './visit.ts'

type Pressed = { found: FoundQuestion; at: string; values: string[]; message: MessageRef | null }

/** What buttons on answers do; each is about a question that was looked up and may be seen. */
const ON_ANSWERS: Record<string, (visit: Visit, pressed: Pressed) => Promise<Response> | Response> = {
  stop: (visit, { found, message }) => stop(visit, found, message),
  'ask-more': (_, { found }) => openFollowUpForm(found.record.id),
  'edit-sql': (_, { found }) => openSqlForm(found),
  csv: (visit, { found }) => giveCsv(visit, found),
  explain: (visit, { found }) => explainAnswer(visit, found),
  save: (visit, { found }) => save(visit, found),
  share: (visit, { found }) => shareAnswer(visit, found),
  'thumb-up': (visit, { found }) => giveThumb(visit, found, 'up'),
  'thumb-down': (visit, { found }) => giveThumb(visit, found, 'down'),
  'ask-again': (visit, { found }) => askAgain(visit, found),
  'ask-this': (visit, { found, at }) => askThis(visit, found, at),
  'ask-in': (visit, { found, values }) => askIn(visit, found, values),
  'add-term': (visit, { found }) => openGlossaryForm(visit, found.record.databaseId),
}

/** What other buttons do. */
const ELSEWHERE: Record<string, (visit: Visit, about: string, values: string[]) => Promise<Response> | Response> = {
  bind: (visit, _, values) => bindChannel(visit, values),
  'add-database': (visit) => openDatabaseForm(visit),
  'remove-database': (visit, about) => removeDatabase(visit, about),
  access: (visit, about) => openAccessForm(visit, about),
  unsave: (visit, about) => unsave(visit, about),
  'newly-broken': (visit, night) => showBroken(visit, night),
}

/** Does what a button says, where whoever pressed it may do that. */
export async function press(visit: Visit, { action, values, message }: Press): Promise<Response> {
  const { name, about, at } = readActionId(action)
  const elsewhere = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined
  if (elsewhere) return elsewhere(visit, about, values)
  const onAnswer = Object.hasOwn(ON_ANSWERS, name) ? ON_ANSWERS[name] : undefined
  if (!onAnswer)
    return say(bad('This button is not known (any more).', { advice: 'Ask the question again for new ones.' }))
  const looked = findQuestion(visit, about, { orSaved: name === 'ask-again' })
  return looked.ok ? onAnswer(visit, { found: looked.found, at, values, message }) : say(looked.refusal)
}

async function stop(
  visit: Visit,
  { record, job, isOwn }: FoundQuestion,
  pressed: MessageRef | null,
): Promise<Response> {
  if (!isOwn && !isAdminHere(visit.person))
    return say(bad('Only who asked can stop a question.', { advice: 'Wait for its answer, or ask an administrator.' }))
  const isStopped = visit.queue.stop(record.id)
  const isStray = pressed !== null && job?.posted != null && job.posted !== pressed
  const isSettled = isStray && (await settleStray(visit, pressed))
  return isStopped || isSettled ? { kind: 'done' } : say(neutral('This question has ended already.'))
}

/** A placeholder of which nobody could know whether it was posted, and to which no answer comes: it stands until somebody presses its button. */
async function settleStray({ office, place, handle }: Visit, stray: MessageRef): Promise<boolean> {
  const to = { place, onlyFor: null, replyTo: null, handle }
  const sent = await office.platforms.get(place.platform)?.update(stray, neutral('The answer is another message.'), to)
  if (!sent?.ok) office.log.warn({ failure: sent?.failure }, 'a stray placeholder could not be replaced')
  return sent?.ok ?? false
}

function save({ office, person }: Visit, { record }: FoundQuestion): Response {
  office.memory.saved.save(person.key, record.id)
  return say(good('Saved. You find it on your overview.'))
}

/** Whoever may not see a question any more need not keep it on their list either. */
function unsave({ office, person }: Visit, questionId: string): Response {
  office.memory.saved.remove(person.key, questionId)
  return say(good('Removed from your saved questions.'))
}
