import type { Answer, Rows } from '#core/answer.ts'
import type { AskEvent } from '#core/ask-event.ts'
import type { Assistant, History } from '#core/assistant.ts'
import type { Asker } from '#core/question.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import { askedChart } from '../reply/asked-chart.ts'
import { toAttempt } from '../reply/to-attempt.ts'
import { toCsv } from '../reply/to-csv.ts'
import { toReply } from '../reply/to-reply.ts'
import type { AskRequest, Conversation, EditedRequest, Update } from './conversation.ts'
import { earlierTurn } from './earlier-turn.ts'
import { type ManagedDatabases, manageDatabases } from './manage-databases.ts'
import { listPast, readKept, readPast } from './past-questions.ts'
import { createRecentAnswers } from './recent-answers.ts'

export type ConversationParts = {
  assistant: Assistant<ManagedDatabases>
  history: History
  /** Really deletes one question. False where there was none. */
  removeQuestion: (questionId: string) => boolean
  /** Id of the sample shop among the databases; null where there is none. */
  sampleId: string | null
  /** Most rows in a CSV file. */
  maxCsvRows: number
}

/** The behaviour that all front ends share: it remembers what was asked, asks each question once, and words nothing itself. */
export function createConversation(parts: ConversationParts): Conversation {
  const { assistant, history } = parts
  const findDatabase = (id: string) => assistant.databases.find(id)
  const underWay = new Map<string, AbortController>()
  const recent = createRecentAnswers()

  async function* tell(
    request: Pick<AskRequest, 'id' | 'asker' | 'queued'>,
    text: string,
    given: AbortSignal | undefined,
    work: (signal: AbortSignal) => AsyncIterable<AskEvent>,
  ): AsyncGenerator<Update> {
    if (underWay.has(request.id) || wasAsked(request)) throw askedAlready()
    const stop = new AbortController()
    underWay.set(request.id, stop)
    let attempts = 0
    try {
      for await (const event of work(given ? AbortSignal.any([stop.signal, given]) : stop.signal)) {
        if (event.type === 'answer') recent.keep(event.answer)
        yield toUpdate(event, {
          attempt: event.type === 'attempt' ? attempts++ : attempts,
          asker: request.asker,
          question: text,
        })
      }
    } finally {
      underWay.delete(request.id)
    }
  }

  return {
    async *ask(request: AskRequest, { signal } = {}) {
      const databases =
        request.databases.length > 0 ? request.databases : parts.assistant.databases.list().map(({ id }) => id)
      if (databases.length === 0) throw noDatabase()
      for (const one of databases) if (!assistant.databases.find(one)) throw noSuchDatabase(one)
      const { id, text, asker } = request
      const earlier = request.follows ? (earlierTurn(history, request.follows, recent) ?? nothingToFollow()) : undefined
      const follows = earlier?.turn
      if (earlier && askedChart(text)?.rest === '') {
        // "As a bar chart" asks for the same rows again, which no model has to write.
        const { sql, database, explanation } = earlier.answer
        const { periods } = explanation
        const query = { id, text, asker, database: database.id, sql, follows: earlier.turn, periods }
        return yield* tell(request, text, signal, (stop) => rerun(query, stop))
      }
      yield* tell(request, text, signal, (stop) =>
        assistant.ask({ id, text, databases, asker, follows }, { signal: stop }),
      )
    },
    async *runEdited({ id, sql, edits, asker, editsOf = asker.id, queued }: EditedRequest, { signal } = {}) {
      const edited = readPast(history, edits, { id: editsOf }) ?? noSuchQuestion()
      const database = edited.record.databaseId ?? noSuchQuestion()
      const { text } = edited.record
      const answered = edited.answer?.kind === 'answered' ? edited.answer : null
      const follows = { id: edits, question: text, sql: answered?.sql ?? sql }
      const periods = answered?.explanation.periods ?? []
      yield* tell({ id, asker, queued }, text, signal, (stop) =>
        rerun({ id, database, sql, text, asker, follows, periods }, stop),
      )
    },
    cancel(questionId) {
      underWay.get(questionId)?.abort(new Error('stopped by a person'))
      return underWay.has(questionId)
    },
    async feedback(questionId, thumb, asker) {
      readPast(history, questionId, asker) ?? noSuchQuestion()
      history.setFeedback({ questionId, personId: asker.id, verdict: thumb })
    },
    async result(questionId, asker) {
      return (await answeredRows(questionId, asker)).rows
    },
    async csv(questionId, asker) {
      const { rows, text } = await answeredRows(questionId, asker)
      return { fileName: `${fileName(text)}.csv`, text: toCsv(rows) }
    },
    history: {
      list: async (filter) => listPast(history, filter, findDatabase),
      get: async (questionId, asker) => readKept(history, questionId, asker, { findDatabase, recent }),
      async remove(questionId, asker) {
        return readPast(history, questionId, asker) !== null && parts.removeQuestion(questionId)
      },
    },
    databases: manageDatabases(assistant.databases, parts.sampleId),
  }

  async function* rerun(query: Parameters<Assistant['run']>[0], signal: AbortSignal): AsyncIterable<AskEvent> {
    yield { type: 'answer', answer: await assistant.run(query, { signal }) }
  }

  /** What was put into a queue is known before its turn, and after a crash may have its turn again. */
  function wasAsked({ id, queued = false }: Pick<AskRequest, 'id' | 'queued'>): boolean {
    const known = history.get(id)
    return known !== undefined && !(queued && (known.status === 'accepted' || known.status === 'interrupted'))
  }

  /** All rows of an answer: those still in memory where they are complete, else those that its SQL gives now. */
  async function answeredRows(questionId: string, asker: Asker): Promise<{ rows: Rows; text: string }> {
    const past = readPast(history, questionId, asker) ?? noSuchQuestion()
    const { text } = past.record
    const answer: Answer | null = recent.get(questionId) ?? past.answer
    if (answer?.kind !== 'answered') return nothingToFollow()
    if (recent.get(questionId) && !answer.result.truncated) return { rows: answer.result, text }
    const database = await assistant.databases.open(answer.database.id)
    const { outcome } = await database.run(answer.sql, { maxRows: parts.maxCsvRows })
    if (outcome.kind === 'rows') return { rows: outcome, text }
    throw new RowbotError({
      code: 'no-longer-runs',
      message: `The query of this answer does not run any more: ${outcome.message}`,
      advice: 'Ask the question again.',
    })
  }
}

function toUpdate(
  event: AskEvent,
  { attempt, asker, question }: { attempt: number; asker: Asker; question: string },
): Update {
  if (event.type === 'answer') return { type: 'reply', reply: toReply(event.answer, { asker, question }) }
  if (event.type === 'attempt') return { type: 'attempt', attempt: toAttempt(event.attempt, attempt, asker.locale) }
  return event
}

function fileName(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.slice(0, 8).join('-') || 'answer'
}

function noDatabase(): RowbotError {
  return new RowbotError({
    code: 'no-database',
    message: 'There is no database to ask yet.',
    advice: 'Register one: drop a file on the console’s page, or run `rowbot databases add FILE`.',
  })
}

function noSuchDatabase(name: string): RowbotError {
  return new RowbotError({
    code: 'no-such-database',
    message: `There is no database called “${name}”, and no file of that name.`,
    advice: '`rowbot databases list` shows those that are registered.',
  })
}

function noSuchQuestion(): never {
  throw new RowbotError({
    code: 'no-such-question',
    message: 'This question is not known (any more).',
    advice: 'Ask it again.',
  })
}

function nothingToFollow(): never {
  throw new RowbotError({
    code: 'no-answer-kept',
    message: 'The earlier question has no answer to build on.',
    advice: 'Ask the whole question anew.',
  })
}

function askedAlready(): RowbotError {
  return new RowbotError({
    code: 'asked-already',
    message: 'This question is being worked on, or was answered, already.',
    advice: 'Look it up among the earlier questions.',
  })
}
