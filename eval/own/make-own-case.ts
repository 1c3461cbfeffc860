import { randomUUID } from 'node:crypto'
import { answeredSql } from '#core/answered-sql.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type { State } from '#databases/state/open-state.ts'

/** What is right for a question: the queries given, that there is no answer, or, with neither, the answer that was found right. */
export type OwnCaseRequest = { questionId: string; accepted: string[]; unanswerable: boolean }

type Remembered = Pick<State, 'questions' | 'ownCases' | 'verified'>

/** A question that could become a case: one with a thumb, and not one yet. */
export type CaseCandidate = { questionId: string; text: string; verdict: 'up' | 'down'; askedAt: string }

/** Questions of late that people judged and that are no case yet, newest first. */
export function caseCandidates({ questions, ownCases }: Remembered): CaseCandidate[] {
  const known = new Set(ownCases.list().map(({ fromQuestionId }) => fromQuestionId))
  return questions
    .list({ limit: 1_000 })
    .filter(({ id }) => !known.has(id))
    .flatMap(({ id, text, acceptedAt }) => {
      const verdict = questions.get(id)?.feedback.at(-1)?.verdict
      return verdict ? [{ questionId: id, text, verdict, askedAt: acceptedAt }] : []
    })
}

/** Makes a case of a question that was asked. Throws a RowbotError where it is not known what would be right. */
export function makeOwnCase({ questions, ownCases, verified }: Remembered, request: OwnCaseRequest): void {
  const { questionId } = request
  const question = questions.get(questionId)
  if (!question) throw noSuchQuestion(questionId)
  if (question.databaseId === null) throw noDatabase()
  const isRight =
    question.feedback.at(-1)?.verdict === 'up' ||
    verified.list(question.databaseId, 10_000).some((one) => one.questionId === questionId)
  const answered = isRight ? answeredSql(question.answer) : null
  const accepted = acceptedBy(request, answered)
  if (accepted === null) throw notKnown(questionId)
  const { databaseId, text, follows, askerId, acceptedAt } = question
  const turn = follows && { question: follows.question, sql: follows.sql }
  const from = { fromQuestionId: questionId, askerId, askedAt: acceptedAt }
  const one = { id: randomUUID(), databaseId, question: text, follows: turn, accepted, ...from }
  if (!ownCases.add(one)) throw knownAlready()
}

function acceptedBy({ accepted, unanswerable }: OwnCaseRequest, answered: string | null): string[] | null {
  if (unanswerable) return []
  if (accepted.length > 0) return accepted
  return answered === null ? null : [answered]
}

function noSuchQuestion(id: string): RowbotError {
  return new RowbotError({
    code: 'no-such-question',
    message: `There is no question "${id}".`,
    advice: '`rowbot eval add` without an id lists the questions that people judged.',
  })
}

function noDatabase(): RowbotError {
  return new RowbotError({
    code: 'no-database',
    message: 'That question was not asked of a registered database.',
    advice: 'Choose another one: a case needs a database that stays.',
  })
}

function notKnown(id: string): RowbotError {
  return new RowbotError({
    code: 'not-known',
    message: 'Nobody found the answer to that question right, so it is not known what would be.',
    advice: `Say it: rowbot eval add ${id} --sql "SELECT …", or --unanswerable.`,
  })
}

function knownAlready(): RowbotError {
  return new RowbotError({
    code: 'case-exists',
    message: 'That question is a case already.',
    advice: '`rowbot eval mine` asks it.',
  })
}
