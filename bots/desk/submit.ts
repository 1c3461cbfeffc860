import { submitAccessForm } from './actions/access-form.ts'
import { submitDatabaseForm } from './actions/database-form.ts'
import { submitGlossaryForm } from './actions/glossary-form.ts'
import { submitFollowUp, submitSql } from './actions/question-forms.ts'
import { submitTrustForm } from './actions/trust-form.ts'
import type { Response, Submission } from './desk.ts'
import { findQuestion } from './find-question.ts'
import { readActionId } from './ids.ts'
import { bad } from './say.ts'
import { say, type Visit } from './visit.ts'

type Form = (visit: Visit, submission: Submission, about: string) => Promise<Response> | Response

const FORMS: Record<string, Form> = {
  'ask-more': (visit, submission, about) =>
    onQuestion(visit, about, (found) => submitFollowUp(visit, found, submission)),
  'edit-sql': (visit, submission, about) => onQuestion(visit, about, (found) => submitSql(visit, found, submission)),
  'add-term': (visit, submission) => submitGlossaryForm(visit, submission),
  'add-database': (visit, submission) => submitDatabaseForm(visit, submission),
  access: (visit, submission, about) => submitAccessForm(visit, about, submission),
  trust: (visit, submission) => submitTrustForm(visit, submission),
}

/** Does what a form says, where whoever sent it may do that. */
export async function submit(visit: Visit, submission: Submission): Promise<Response> {
  const { name, about } = readActionId(submission.form)
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined
  return form
    ? form(visit, submission, about)
    : say(bad('This form is not known (any more).', { advice: 'Open it again.' }))
}

function onQuestion(
  visit: Visit,
  questionId: string,
  work: (found: Extract<ReturnType<typeof findQuestion>, { ok: true }>['found']) => Response,
): Response {
  const looked = findQuestion(visit, questionId)
  return looked.ok ? work(looked.found) : say(looked.refusal)
}
