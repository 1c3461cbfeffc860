import type { Answer } from '#core/answer.ts'
import type { AskSettings } from '#core/ask-settings.ts'
import type { Asker } from '#core/question.ts'
import type { Attempt } from '#core/trace.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { KeptOutcome, KeptTrace } from '#databases/state/question-record.ts'
import type { Generator } from '#models/generator.ts'
import { type Asking, askOnce, type Clocks } from '../ask-once.ts'
import type { Asked } from '../baselines/asked.ts'
import { plainPrompt } from '../baselines/plain-prompt.ts'
import { sqlforgePrompt } from '../baselines/sqlforge-prompt.ts'
import { askedText } from '../datasets/dataset-case.ts'
import type { Baseline, Configuration } from './configuration.ts'
import { meter } from './meter.ts'
import { type Memory, savingClock } from './remember-generations.ts'
import type { RunCase } from './run-case.ts'

/** What a configuration made of a case, before it is scored. */
export type Solved = {
  sql: string | null
  /** Why there is no query. */
  reason: string | null
  message: string | null
  /** Which kind of attempt was chosen, the first query as the model wrote it, and as it was made to fit. */
  origin: string | null
  written: string | null
  fitted: string | null
  /** Rows of the chosen query, where it was run. */
  rowCount: number | null
  ms: number
  tokens: number
  generatingMs: number
  trace: KeptTrace | null
}

export type AnswerCase = (one: RunCase, signal?: AbortSignal) => Promise<Solved>

export type AnswerParts = {
  generator: Generator
  /** The very pipeline that answers people, over a model. */
  assistantOver(generator: Generator, settings: Partial<AskSettings>, clocks: Clocks): Asking
  /** The id under which the assistant knows the case's database, and its schema. */
  idOf(one: RunCase): Promise<string>
  schemaOf(one: RunCase): Promise<Schema>
  /** The statements that made the database. */
  ddlOf(one: RunCase): Promise<string>
  asker: Asker
  /** What was written already for another configuration. */
  memory: Memory
}

/** Answers cases in one configuration. */
export function answerWith(configuration: Configuration, parts: AnswerParts): AnswerCase {
  const { baseline } = configuration
  return baseline === null ? answerWithAll(configuration, parts) : answerOnce(OPEN_BASELINE[baseline], parts)
}

function answerWithAll({ effort, without }: Configuration, parts: AnswerParts): AnswerCase {
  return async (one, signal) => {
    const database = await parts.idOf(one)
    const clock = savingClock()
    const { elapsedMs } = clock
    const metered = meter(parts.memory(parts.generator, clock), elapsedMs)
    const now = one.askedAt ? () => new Date(one.askedAt ?? '') : undefined
    const assistant = parts.assistantOver(metered.generator, { effort, without }, { now, elapsedMs })
    const started = elapsedMs()
    const question = { text: askedText(one), database, asker: parts.asker, follows: one.turn }
    const answer = await askOnce(assistant, question, signal)
    return { ...fromAnswer(answer), ms: elapsedMs() - started, ...metered.read() }
  }
}

function fromAnswer(answer: Answer): Omit<Solved, 'ms' | 'tokens' | 'generatingMs'> {
  const { attempts } = answer.trace
  const [first] = attempts
  const common = {
    written: first?.candidate.written ?? null,
    fitted: first?.candidate.sql ?? null,
    trace: keptTrace(answer),
  }
  if (answer.kind === 'unanswered')
    return { ...common, sql: null, reason: answer.reason, message: answer.message, origin: null, rowCount: null }
  const chosen = attempts.find(({ candidate, outcome }) => candidate.sql === answer.sql && outcome.kind === 'rows')
  const { rows } = answer.result
  const origin = chosen?.candidate.origin ?? null
  return { ...common, sql: answer.sql, reason: null, message: null, origin, rowCount: rows.length }
}

function keptTrace({ trace }: Answer): KeptTrace {
  const { questionId: _id, attempts, ...facts } = trace
  return { ...facts, attempts: attempts.map((attempt) => ({ ...attempt, outcome: keptOutcome(attempt) })) }
}

function keptOutcome({ outcome }: Attempt): KeptOutcome {
  if (outcome.kind !== 'rows') return outcome
  return { kind: 'rows', rowCount: outcome.rows.length, truncated: outcome.truncated }
}

/** What is read of the database beforehand is no part of the time. */
type OpenBaseline = (one: RunCase, parts: AnswerParts) => Promise<(asked: Asked) => Promise<string>>

const OPEN_BASELINE: Record<Baseline, OpenBaseline> = {
  async plain(one, { schemaOf }) {
    const schema = await schemaOf(one)
    return (asked) => plainPrompt({ ...asked, schema })
  },
  async sqlforge(one, { ddlOf }) {
    const ddl = await ddlOf(one)
    return (asked) => sqlforgePrompt({ ...asked, ddl })
  },
}

function answerOnce(open: OpenBaseline, parts: AnswerParts): AnswerCase {
  return async (one, signal) => {
    const ask = await open(one, parts)
    const { generator, read } = meter(parts.generator, () => performance.now())
    const started = performance.now()
    const sql = await ask({ generator, question: askedText(one), signal })
    const ms = performance.now() - started
    const written = sql === '' ? null : sql
    const none = { reason: 'no-valid-query', message: 'The model wrote no SQL.' }
    const found = { sql: written, written, fitted: written, origin: 'first', rowCount: null, trace: null }
    return { ...found, ...(written === null ? none : { reason: null, message: null }), ms, ...read() }
  }
}
