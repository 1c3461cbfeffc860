import type { Generator } from '#models/generator.ts'
import { findMissing } from './answerable/find-missing.ts'
import type { AskEvent } from './ask-event.ts'
import type { AskSettings } from './ask-settings.ts'
import type { AskedDatabase } from './asked-database.ts'
import { chooseByVote } from './choose/choose-by-vote.ts'
import { sampleQueries } from './choose/sample-queries.ts'
import { complain } from './doubt/complain.ts'
import { type CheckedAttempt, type Doubt, type Expected, findDoubt, isSound } from './doubt/find-doubt.ts'
import { fitQuery } from './fit/fit-query.ts'
import type { UnknownValue } from './fit/values/fix-literals.ts'
import { writeSql } from './generate/write-sql.ts'
import type { PeriodHint } from './linking/link-periods.ts'
import type { ValueHint } from './linking/link-values.ts'
import { type Prompt, renderRepair } from './prompt/render-prompt.ts'
import { isEmpty, type Ran, ran } from './ran.ts'
import { schemaNames } from './sql/schema-names.ts'
import type { StageClock } from './stage-clock.ts'
import { type Attempt, type Candidate, tokenLogProb } from './trace.ts'
import { withinBudget } from './within-budget.ts'

export type SolveParts = {
  prompt: Prompt
  database: AskedDatabase
  /** A query that follows from the turn before without the model; null where there is none. */
  draft: string | null
  text: string
  /** The texts that a part of the query may come from: the question, the turn before, values found for them. */
  asked: string[]
  periods: PeriodHint[]
  values: ValueHint[]
  generator: Generator
  settings: AskSettings
  clock: StageClock
  /** Every attempt is put here as it is made, so that the trace has them whatever happens next. */
  attempts: Attempt[]
  emit: (event: AskEvent) => void
  signal: AbortSignal
}

/** The query that was chosen, with texts that it filters by and that no row holds, and what speaks against it where nothing better was found. */
export type Chosen = { kind: 'chosen'; chosen: Ran; unknownValues: UnknownValue[]; doubt: Doubt | null }

/** A question under way, and what every query for it is held against. */
type Work = SolveParts & { expected: Expected }

/** none: no query gave rows. missing: the question asks for something that the schema has no place for. */
export type Solution = Chosen | { kind: 'none' } | { kind: 'missing'; name: string }

/**
 * How many further candidates are sampled where the first query is doubtful, or its tokens' mean log-probability is below `surePerToken`,
 * and how long sampling, and repairing after it, may each take.
 */
const EFFORTS = {
  fast: { samples: 0, budgetMs: 1_500, surePerToken: Number.NEGATIVE_INFINITY },
  balanced: { samples: 4, budgetMs: 3_000, surePerToken: -0.1 },
  thorough: { samples: 8, budgetMs: 15_000, surePerToken: 0 },
}
/** A big model, or a busy machine, is given so many times as long as its first query took. */
const BUDGET_IN_QUERIES = 3

/**
 * Generate, gate, run, and where the result is doubtful choose among samples, then repair: effort follows doubt, so that an easy question
 * costs one query. Samples come before repairs since small models rarely correct themselves but often get it right in another try.
 */
export async function solve(parts: SolveParts): Promise<Solution> {
  const { draft, text, asked, periods, values, database, prompt, settings } = parts
  const { schema } = database
  const names = schemaNames(schema, asked)
  const work: Work = { ...parts, expected: { question: text, asked, periods, values, schema, names } }
  if (draft !== null) {
    const drafted = await check({ sql: draft, origin: 'first', logProb: null }, work)
    // Only what was asked for was changed in it, so that it may well find nothing.
    if (isSound(drafted)) return solution(drafted, null)
  }
  const first = await writeAndRun(prompt, 1, work)
  if (first && !first.doubt && isSure(first, work)) return solution(first, null)
  const tried = first ? [first] : []
  tried.push(...(await sample(tried, work)))
  const name = findMissing(tried, text, schema)
  if (name !== null) return { kind: 'missing', name }
  const mayRepair = !settings.without?.includes('repair')
  if (mayRepair && !tried.some(isSound)) await repair(tried, work)
  return vote(tried)
}

function budgetMs({ settings, clock }: Work): number {
  return Math.max(EFFORTS[settings.effort].budgetMs, BUDGET_IN_QUERIES * (clock.stageMs.generate ?? 0))
}

/**
 * Shows the model its query and what is wrong with it, until a query is sound, nothing changes any more, or the time is over. What comes
 * of it is put to what was tried before.
 */
async function repair(tried: CheckedAttempt[], work: Work): Promise<void> {
  await withinBudget(budgetMs(work), work.signal, async ({ signal }) => {
    let last = tried[0]
    for (let number = 2; last?.doubt && number <= work.settings.maxAttempts; number++) {
      const { sql } = last.attempt.candidate
      const prompt = renderRepair(work.prompt, sql, complain(last.doubt, work.database.schema))
      const next = await writeAndRun(prompt, number, { ...work, signal })
      if (next) tried.push(next)
      last = next?.attempt.candidate.sql === sql ? undefined : next
    }
  })
}

/** A query whose tokens the model was sure of, by their mean log-probability, is mostly right; the others are worth a second opinion. */
function isSure({ attempt }: CheckedAttempt, { settings, generator }: Work): boolean {
  const mean = tokenLogProb(attempt.candidate, (text) => generator.countTokens(text))
  return mean === null || mean >= EFFORTS[settings.effort].surePerToken
}

async function writeAndRun(prompt: Prompt, number: number, work: Work): Promise<CheckedAttempt | undefined> {
  const { clock, generator, emit, signal } = work
  const origin = number === 1 ? 'first' : 'repair'
  const onText = (piece: string) => emit({ type: 'writing', attempt: number, piece })
  const stage = number === 1 ? 'generate' : 'repair'
  const [candidate] = await clock.time(stage, () =>
    writeSql(generator, { ...prompt, origin, count: 1, onText, signal }),
  )
  return candidate && check(candidate, work)
}

/** Fixes names and values where only one reading makes sense, runs the query through the gate, and looks for what speaks against it. */
async function check(candidate: Candidate, work: Work): Promise<CheckedAttempt> {
  const { database, expected, settings, clock, emit, attempts, signal } = work
  const started = performance.now()
  const fitted = fitQuery(candidate.sql, { ...expected, database, without: settings.without })
  emit({ type: 'running', attempt: attempts.length + 1, sql: fitted.sql })
  const { sql, outcome, notes } = await clock.time('run', () =>
    database.run(fitted.sql, { deadlineMs: settings.queryDeadlineMs, maxRows: settings.maxRows, signal }),
  )
  const attempt: Attempt = {
    candidate: { ...candidate, sql, written: candidate.sql },
    outcome,
    notes: [...fitted.notes, ...notes],
    ms: performance.now() - started,
  }
  attempts.push(attempt)
  emit({ type: 'attempt', attempt })
  const checks = { attempt, unknownNames: fitted.unknownNames, unknownValues: fitted.unknownValues }
  return { ...checks, doubt: findDoubt(checks, expected) }
}

async function sample(before: CheckedAttempt[], work: Work): Promise<CheckedAttempt[]> {
  const { settings, clock } = work
  const count = settings.without?.includes('vote') ? 0 : EFFORTS[settings.effort].samples
  if (count === 0) return []
  const sampling = { ...work, count, budgetMs: budgetMs(work), before }
  return clock.time('choose', () => sampleQueries({ ...sampling, check: (candidate) => check(candidate, work) }))
}

/** The result that most agree on; where none is sound, that of those that found something, then of any that ran. */
function vote(tried: CheckedAttempt[]): Solution {
  const filled = tried.filter(({ attempt }) => ran(attempt) && !isEmpty(attempt.outcome))
  const chosen = chooseByVote(tried.some(isSound) || filled.length === 0 ? tried : filled)
  return chosen ? solution(chosen, isSound(chosen) ? null : chosen.doubt) : { kind: 'none' }
}

function solution({ attempt, unknownValues }: CheckedAttempt, doubt: Doubt | null): Solution {
  return ran(attempt) ? { kind: 'chosen', chosen: attempt, unknownValues, doubt } : { kind: 'none' }
}
