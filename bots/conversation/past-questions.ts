import { z } from 'zod'
import type { Answer } from '#core/answer.ts'
import type { History } from '#core/assistant.ts'
import type { Asker } from '#core/question.ts'
import type { Attempt, Trace } from '#core/trace.ts'
import type { Reply } from '../reply/reply.ts'
import { toReply } from '../reply/to-reply.ts'
import type { PastQuestion } from './conversation.ts'
import type { RecentAnswers } from './recent-answers.ts'

type Found = NonNullable<ReturnType<History['get']>>
type Listed = ReturnType<History['list']>[number]
type FindDatabase = (id: string) => { id: string; name: string } | undefined

/** A remembered question with its answer as far as it was kept; null where this person has none with this id. */
export function readPast(
  history: History,
  questionId: string,
  asker: Pick<Asker, 'id'>,
): { record: Found; answer: Answer | null } | null {
  const past = readAnyones(history, questionId)
  return past?.record.askerId === asker.id ? past : null
}

/** A remembered question of whomever, with its answer as far as it was kept: nothing to show to others. Null where there is none. */
export function readAnyones(history: History, questionId: string): { record: Found; answer: Answer | null } | null {
  const record = history.get(questionId)
  return record ? { record, answer: readAnswer(record) } : null
}

/** A remembered question as people see it, with its reply as far as that was kept; null where this person has none with this id. */
export function readKept(
  history: History,
  questionId: string,
  asker: Asker,
  { findDatabase = () => undefined, recent }: { findDatabase?: FindDatabase; recent?: Pick<RecentAnswers, 'get'> } = {},
): (PastQuestion & { reply: Reply | null }) | null {
  const past = readPast(history, questionId, asker)
  if (!past) return null
  const answer = recent?.get(questionId) ?? past.answer
  const reply = answer && toReply(answer, { asker, question: past.record.text })
  return { ...viewPast(past.record, asker, findDatabase), reply }
}

/** A person's remembered questions, newest first. */
export function listPast(
  history: History,
  { asker, limit, before, search }: { asker: Asker; limit: number; before?: string; search?: string },
  findDatabase: FindDatabase,
): PastQuestion[] {
  return history
    .list({ askerId: asker.id, limit, before, text: search || undefined })
    .map((record) => viewPast(record, asker, findDatabase))
}

/** A remembered question as people see it. */
export function viewPast(record: Listed | Found, asker: Asker, findDatabase: FindDatabase): PastQuestion {
  const database = record.databaseId === null ? undefined : findDatabase(record.databaseId)
  return {
    id: record.id,
    text: record.text,
    askedAt: record.acceptedAt,
    database: database ? { id: database.id, name: database.name } : null,
    status: STATUS[record.status],
    headline: headline(record, asker),
    thumb: 'verdict' in record ? record.verdict : verdictOf(record, asker),
    follows: record.follows?.id ?? null,
  }
}

function verdictOf({ feedback }: Found, asker: Asker): PastQuestion['thumb'] {
  return feedback.find(({ personId }) => personId === asker.id)?.verdict ?? null
}

const STATUS = {
  accepted: 'working',
  answered: 'answered',
  unanswered: 'unanswered',
  failed: 'failed',
  interrupted: 'failed',
} as const

function headline(record: Listed | Found, asker: Asker): string | null {
  if (record.failure) return record.failure.message
  if (record.status === 'interrupted') return 'Interrupted before there was an answer: ask again.'
  const found = record.answer ? readAnswer({ ...record, trace: null }) : null
  return found ? toReply(found, { asker, question: record.text }).headline : null
}

const period = z.object({ text: z.string(), start: z.string(), end: z.string(), label: z.string() })

/** An older version of the program may have saved it: what is not of today's shape is not shown. */
const kept = z.union([
  z.looseObject({
    kind: z.literal('answered'),
    database: z.object({
      id: z.string(),
      name: z.string(),
      dataAsOf: z.string(),
      source: z.enum(['upload', 'path']).optional(),
      latestDay: z.string().nullish(),
    }),
    sql: z.string(),
    result: z.looseObject({
      columns: z.array(z.string()),
      rows: z.array(z.array(z.unknown())),
      truncated: z.boolean(),
    }),
    explanation: z.looseObject({
      summary: z.string(),
      tables: z.array(z.string()),
      filters: z.array(z.string()),
      periods: z.array(period).catch([]),
    }),
    notes: z.array(z.string()),
  }),
  z.looseObject({
    kind: z.literal('unanswered'),
    reason: z.string(),
    message: z.string(),
    suggestions: z.array(z.string()),
  }),
])

function readAnswer(record: Pick<Found, 'id' | 'answer' | 'rowCount' | 'trace'>): Answer | null {
  const parsed = kept.safeParse(record.answer)
  if (!parsed.success) return null
  const answer = { ...parsed.data, trace: keptTrace(record) } as unknown as Answer
  if (answer.kind === 'unanswered') return answer
  const missing = (record.rowCount ?? 0) - answer.result.rows.length
  if (missing <= 0) return answer
  const note = `Only the first ${answer.result.rows.length} of ${record.rowCount} rows were kept: ask again, or download the CSV, for all.`
  return { ...answer, result: { ...answer.result, truncated: true }, notes: [...answer.notes, note] }
}

function keptTrace({ id, trace }: Pick<Found, 'id' | 'trace'>): Trace {
  const unknown = { promptVersion: '', model: '', tables: [], stageMs: {} }
  return { ...unknown, ...trace, questionId: id, attempts: trace?.attempts.map(keptAttempt) ?? [] }
}

function keptAttempt(attempt: NonNullable<Found['trace']>['attempts'][number]): Attempt {
  const { outcome, candidate } = attempt
  const origin = candidate.origin as Attempt['candidate']['origin']
  if (outcome.kind !== 'rows') return { ...attempt, candidate: { ...candidate, origin }, outcome }
  // Of an attempt's rows only their number is kept.
  const rows = Array.from({ length: outcome.rowCount }, () => [])
  return {
    ...attempt,
    candidate: { ...candidate, origin },
    outcome: { kind: 'rows', columns: [], rows, truncated: outcome.truncated },
  }
}
