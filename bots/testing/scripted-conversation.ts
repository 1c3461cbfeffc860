import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer } from '#core/answer.ts'
import type { Asker } from '#core/question.ts'
import { RowbotError } from '#core/rowbot-error.ts'
import type {
  Conversation,
  DatabaseSummary,
  DatabaseView,
  PastQuestion,
  Thumb,
  Update,
} from '../conversation/conversation.ts'
import type { Reply, ReplyTable } from '../reply/reply.ts'
import { toAttempt } from '../reply/to-attempt.ts'
import { toCsv } from '../reply/to-csv.ts'
import { toReply } from '../reply/to-reply.ts'

export type ScriptedDatabase = DatabaseView & { samples: Record<string, ReplyTable> }

export type Script = {
  databases: ScriptedDatabase[]
  /** The answer to a question; a thrown error breaks it. */
  answer: (asked: {
    id: string
    text: string
    databases: string[]
    sql?: string
    follows?: string | undefined
  }) => Answer
  /** Wait before each update. */
  stepMs?: number
}

export type ScriptedConversation = Conversation & {
  /** Ids of questions in the order in which work on them began: nothing is to be asked twice. */
  asked: string[]
  askers: Asker[]
}

type Kept = PastQuestion & { reply: Reply | null; answer: Answer | null }

/** A conversation that keeps everything in memory and takes its answers from a script: for tests of front ends. */
export function scriptConversation({ databases, answer, stepMs = 0 }: Script): ScriptedConversation {
  const questions: Kept[] = []
  const views = [...databases]
  const running = new Map<string, AbortController>()
  const asked: string[] = []
  const askers: Asker[] = []

  async function* work(
    {
      id,
      text,
      asker,
      follows,
      databases: wanted,
      sql,
    }: { id: string; text: string; asker: Asker; follows?: string | undefined; databases: string[]; sql?: string },
    outside: AbortSignal | undefined,
  ): AsyncIterable<Update> {
    asked.push(id)
    askers.push(asker)
    const abort = new AbortController()
    running.set(id, abort)
    const signal = AbortSignal.any([abort.signal, ...(outside ? [outside] : [])])
    const kept: Kept = {
      id,
      text,
      askedAt: new Date().toISOString(),
      database: null,
      status: 'working',
      headline: null,
      thumb: null,
      follows: follows ?? null,
      reply: null,
      answer: null,
    }
    questions.unshift(kept)
    try {
      const given = answer({ id, text, databases: wanted, follows, ...(sql === undefined ? {} : { sql }) })
      for (const update of updatesOf(given, asker)) {
        await delay(stepMs, undefined, { signal }).catch(() => undefined)
        if (signal.aborted) break
        yield update
      }
      const final = signal.aborted ? cancelled(given) : given
      const reply = toReply(final, { asker, question: text })
      Object.assign(kept, {
        reply,
        answer: final,
        status: final.kind,
        headline: reply.headline,
        database: final.kind === 'answered' ? final.database : null,
      })
      yield { type: 'reply', reply }
    } catch (error) {
      kept.status = 'failed'
      throw error
    } finally {
      running.delete(id)
    }
  }

  const find = (id: string) => questions.find((question) => question.id === id)

  return {
    asked,
    askers,
    ask: (request, { signal } = {}) => work(request, signal),
    runEdited: ({ id, sql, edits, asker }, { signal } = {}) =>
      work({ id, sql, asker, text: find(edits)?.text ?? '', follows: edits, databases: [] }, signal),
    cancel(id) {
      const abort = running.get(id)
      abort?.abort()
      return abort !== undefined
    },
    async feedback(id, thumb: Thumb | null) {
      const question = find(id) ?? gone('question')
      question.thumb = thumb
    },
    async csv(id) {
      const kept = find(id)
      if (kept?.answer?.kind !== 'answered') return gone('answer')
      return { fileName: 'answer ä.csv', text: toCsv(kept.answer.result) }
    },
    async result(id) {
      const kept = find(id)
      return kept?.answer?.kind === 'answered' ? kept.answer.result : gone('answer')
    },
    history: {
      async list({ limit, before, search }) {
        const from = before ? questions.findIndex((question) => question.id === before) + 1 : 0
        const found = questions
          .slice(from)
          .filter((question) => question.text.toLowerCase().includes((search ?? '').toLowerCase()))
        return found.slice(0, limit).map(({ reply: _reply, answer: _answer, ...past }) => past)
      },
      get: async (id) => find(id) ?? null,
      async remove(id) {
        const at = questions.findIndex((question) => question.id === id)
        if (at >= 0) questions.splice(at, 1)
        return at >= 0
      },
    },
    databases: {
      list: async () => views,
      show: async (id) => views.find((view) => view.id === id) ?? gone('database'),
      sampleRows: async (id, table) => views.find((view) => view.id === id)?.samples[table] ?? gone('table'),
      async add({ name, description, files }) {
        const [file] = files
        const head = file ? (await readFile(file.path)).subarray(0, 6).toString() : ''
        if (head === 'broken')
          throw new RowbotError({
            code: 'not-a-database',
            message: `${file?.name} is not a database.`,
            advice: 'Choose a SQLite, CSV, TSV or SQL file.',
          })
        const view: ScriptedDatabase = {
          id: `db-${views.length + 1}`,
          name,
          description,
          source: 'upload',
          dataAge: 'Data up to 14 Nov 2026',
          tableCount: files.length,
          examples: [],
          tables: [],
          warnings: [],
          samples: {},
        }
        views.push(view)
        return view
      },
      async replace(id) {
        const view = views.find((one) => one.id === id) ?? gone('database')
        view.dataAge = 'Data up to 20 Nov 2026'
        return view satisfies DatabaseSummary
      },
      async remove(id) {
        const at = views.findIndex((view) => view.id === id)
        if (at < 0) gone('database')
        views.splice(at, 1)
      },
    },
  }
}

function* updatesOf(answer: Answer, asker: Asker): Iterable<Update> {
  if (answer.kind === 'answered') yield { type: 'database', ...answer.database }
  yield { type: 'tables', tables: answer.trace.tables }
  for (const [at, attempt] of answer.trace.attempts.entries()) {
    for (const piece of attempt.candidate.sql.match(/\S+\s*/g) ?? []) yield { type: 'writing', attempt: at + 1, piece }
    yield { type: 'running', attempt: at + 1, sql: attempt.candidate.sql }
    yield { type: 'attempt', attempt: toAttempt(attempt, at, asker.locale) }
  }
}

function cancelled({ trace }: Answer): Answer {
  return {
    kind: 'unanswered',
    reason: 'cancelled',
    message: 'Stopped, as you asked.',
    suggestions: [],
    trace: { ...trace, attempts: [] },
  }
}

function gone(what: string): never {
  throw new RowbotError({
    code: 'not-found',
    message: `There is no such ${what}.`,
    advice: 'It may have been removed.',
  })
}
