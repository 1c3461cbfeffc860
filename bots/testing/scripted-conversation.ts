import { setTimeout as delay } from 'node:timers/promises'
import type { Answer } from '#core/answer.ts'
import type { Asker } from '#core/question.ts'
import type { Conversation, PastQuestion, Update } from '../conversation/conversation.ts'
import type { Reply } from '../reply/reply.ts'
import { toAttempt } from '../reply/to-attempt.ts'
import { toCsv } from '../reply/to-csv.ts'
import { toReply } from '../reply/to-reply.ts'
import { gone, type ScriptedDatabase, scriptDatabases } from './scripted-databases.ts'

export type Script = {
  databases: ScriptedDatabase[]
  /** The answer to a question; a thrown error breaks it. */
  answer: (asked: Asked) => Answer
  /** Wait before each update. */
  stepMs?: number
}

export type Asked = {
  id: string
  text: string
  databases: string[]
  asker: Asker
  sql?: string
  follows?: string | undefined
}

export type ScriptedConversation = Conversation & {
  /** What was worked on, in this order: nothing is to be asked twice. */
  asked: Asked[]
  /** Puts a reply into the history as if it had been asked for. */
  keep: (reply: Reply) => void
}

type Kept = PastQuestion & { reply: Reply | null; answer: Answer | null }

/** A conversation that keeps everything in memory and takes its answers from a script: for tests of front ends. */
export function scriptConversation({ databases, answer, stepMs = 0 }: Script): ScriptedConversation {
  const questions: Kept[] = []
  const running = new Map<string, AbortController>()
  const asked: Asked[] = []
  const find = (id: string) => questions.find((question) => question.id === id)
  const answered = (id: string) => {
    const kept = find(id)?.answer
    return kept?.kind === 'answered' ? kept : gone('answer')
  }

  async function* work(question: Asked, outside: AbortSignal | undefined): AsyncIterable<Update> {
    asked.push(question)
    const abort = new AbortController()
    running.set(question.id, abort)
    const kept = { ...emptyQuestion(question), follows: question.follows ?? null }
    questions.unshift(kept)
    try {
      const given = answer(question)
      const signal = AbortSignal.any(outside ? [abort.signal, outside] : [abort.signal])
      yield* paced(updatesOf(given, question.asker), stepMs, signal)
      const final = signal.aborted ? cancelled(given) : given
      const reply = toReply(final, { asker: question.asker, question: question.text })
      Object.assign(kept, outcomeOf(reply), { answer: final })
      yield { type: 'reply', reply }
    } catch (error) {
      kept.status = 'failed'
      throw error
    } finally {
      running.delete(question.id)
    }
  }

  return {
    asked,
    keep: (reply) => {
      questions.unshift({ ...emptyQuestion({ id: reply.questionId, text: reply.question }), ...outcomeOf(reply) })
    },
    ask: (request, { signal } = {}) => work(request, signal),
    runEdited: ({ id, sql, edits, asker }, { signal } = {}) =>
      work({ id, sql, asker, text: find(edits)?.text ?? '', follows: edits, databases: [] }, signal),
    cancel(id) {
      const abort = running.get(id)
      abort?.abort()
      return abort !== undefined
    },
    async feedback(id, thumb) {
      const question = find(id) ?? gone('question')
      question.thumb = thumb
    },
    csv: async (id) => ({ fileName: 'answer ä.csv', text: toCsv(answered(id).result) }),
    result: async (id) => answered(id).result,
    history: {
      async list({ limit, before, search = '' }) {
        const from = before ? questions.findIndex((question) => question.id === before) + 1 : 0
        const found = questions.slice(from).filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()))
        return found.slice(0, limit).map(({ reply: _reply, answer: _answer, ...past }) => past)
      },
      get: async (id) => find(id) ?? null,
      async remove(id) {
        const at = questions.findIndex((question) => question.id === id)
        if (at >= 0) questions.splice(at, 1)
        return at >= 0
      },
    },
    databases: scriptDatabases(databases),
  }
}

function emptyQuestion({ id, text }: { id: string; text: string }): Kept {
  const nothingYet = { database: null, headline: null, thumb: null, follows: null, reply: null, answer: null }
  return { id, text, askedAt: new Date().toISOString(), status: 'working', ...nothingYet }
}

function outcomeOf(reply: Reply): Pick<Kept, 'reply' | 'status' | 'headline' | 'database'> {
  const database = reply.kind === 'answered' ? reply.database : null
  return { reply, status: reply.kind, headline: reply.headline, database }
}

async function* paced(updates: Iterable<Update>, stepMs: number, signal: AbortSignal): AsyncIterable<Update> {
  for (const update of updates) {
    await delay(stepMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    yield update
  }
}

function* updatesOf(answer: Answer, asker: Asker): Iterable<Update> {
  if (answer.kind === 'answered') yield { type: 'database', id: answer.database.id, name: answer.database.name }
  yield { type: 'tables', tables: answer.trace.tables }
  for (const [at, attempt] of answer.trace.attempts.entries()) {
    const { sql } = attempt.candidate
    for (const piece of sql.match(/\S+\s*/g) ?? []) yield { type: 'writing', attempt: at + 1, piece }
    yield { type: 'running', attempt: at + 1, sql }
    yield { type: 'attempt', attempt: toAttempt(attempt, at, asker.locale) }
  }
}

function cancelled({ trace }: Answer): Answer {
  const message = 'Stopped, as you asked.'
  return { kind: 'unanswered', reason: 'cancelled', message, suggestions: [], trace: { ...trace, attempts: [] } }
}
