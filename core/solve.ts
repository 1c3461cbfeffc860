import type { Generator } from '#models/generator.ts'
import type { AskEvent } from './ask-event.ts'
import type { AskSettings } from './ask-settings.ts'
import type { AskedDatabase } from './asked-database.ts'
import { chooseByVote, type Ran, ran } from './choose/choose-by-vote.ts'
import { writeSql } from './generate/write-sql.ts'
import type { PeriodHint } from './linking/link-periods.ts'
import { fixFunctions } from './names/fix-functions.ts'
import { fixNames } from './names/fix-names.ts'
import { type Prompt, renderRepair } from './prompt/render-prompt.ts'
import { complain } from './repair/complain.ts'
import { type CheckedAttempt, findDoubt, isEmpty } from './repair/find-doubt.ts'
import type { StageClock } from './stage-clock.ts'
import type { Attempt, Candidate } from './trace.ts'
import { fixLiterals, type UnknownValue } from './values/fix-literals.ts'

export type SolveParts = {
  prompt: Prompt
  database: AskedDatabase
  periods: PeriodHint[]
  generator: Generator
  settings: AskSettings
  clock: StageClock
  /** Every attempt is put here as it is made, so that the trace has them whatever happens next. */
  attempts: Attempt[]
  emit: (event: AskEvent) => void
  signal: AbortSignal
}

/** The query that was chosen, with texts that it filters by and that no row holds; null where none gave rows. */
export type Solution = { chosen: Ran; unknownValues: UnknownValue[]; doubtful: boolean } | null

/** How many further candidates are sampled when attempts in turn have not led to a sound query, or anyway in the thorough setting. */
const SAMPLES = { fast: 0, balanced: 4, thorough: 8 }

/** Generate, gate, run, repair, choose: effort follows doubt, so that an easy question costs one query. */
export async function solve(parts: SolveParts): Promise<Solution> {
  const { settings, periods } = parts
  const tried: CheckedAttempt[] = []
  let prompt = parts.prompt
  for (let number = 1; number <= settings.maxAttempts; number++) {
    const checked = await writeAndRun(prompt, number, parts)
    if (!checked) break
    tried.push(checked)
    const doubt = findDoubt(checked, periods)
    if (!doubt) return settings.effort === 'thorough' ? vote(tried, parts) : solution(tried, checked.attempt, false)
    if (isRepeated(tried)) break
    prompt = renderRepair(parts.prompt, checked.attempt.candidate.sql, complain(doubt, parts.database.schema))
  }
  return vote(tried, parts)
}

async function writeAndRun(prompt: Prompt, number: number, parts: SolveParts): Promise<CheckedAttempt | undefined> {
  const { clock, generator, emit, signal } = parts
  const origin = number === 1 ? 'first' : 'repair'
  const onText = (piece: string) => emit({ type: 'writing', attempt: number, piece })
  const stage = number === 1 ? 'generate' : 'repair'
  const [candidate] = await clock.time(stage, () =>
    writeSql(generator, { ...prompt, origin, count: 1, onText, signal }),
  )
  return candidate && check(candidate, parts)
}

/** Fixes names and values where only one reading makes sense, then runs the query through the gate. */
async function check(candidate: Candidate, parts: SolveParts): Promise<CheckedAttempt> {
  const { database, settings, clock, emit, attempts, signal } = parts
  const started = performance.now()
  const named = fixNames(fixFunctions(candidate.sql), database.schema)
  const spelt = fixLiterals(named.sql, database.schema, database.values)
  emit({ type: 'running', attempt: attempts.length + 1, sql: spelt.sql })
  const { sql, outcome, notes } = await clock.time('run', () =>
    database.run(spelt.sql, { deadlineMs: settings.queryDeadlineMs, maxRows: settings.maxRows, signal }),
  )
  const attempt: Attempt = {
    candidate: { ...candidate, sql },
    outcome,
    notes: [...named.notes, ...spelt.notes, ...notes],
    ms: performance.now() - started,
  }
  attempts.push(attempt)
  emit({ type: 'attempt', attempt })
  return { attempt, unknownNames: named.unknown, unknownValues: spelt.unknown }
}

/** The same query twice: asking a third time would not help. */
function isRepeated(tried: CheckedAttempt[]): boolean {
  const [last, before] = [tried.at(-1), tried.at(-2)]
  return before !== undefined && last?.attempt.candidate.sql === before.attempt.candidate.sql
}

async function vote(tried: CheckedAttempt[], parts: SolveParts): Promise<Solution> {
  const { generator, settings, clock, signal, periods } = parts
  const count = SAMPLES[settings.effort]
  if (count > 0) {
    const candidates = await clock.time('choose', () =>
      writeSql(generator, { ...parts.prompt, origin: 'sample', count, signal }),
    )
    for (const candidate of candidates) tried.push(await check(candidate, parts))
  }
  const sound = tried.filter((one) => findDoubt(one, periods) === null)
  const filled = tried.filter(({ attempt }) => ran(attempt) && !isEmpty(attempt.outcome))
  const pool = [sound, filled, tried].find((some) => some.length > 0) ?? []
  const chosen = chooseByVote(pool.map(({ attempt }) => attempt))
  return chosen ? solution(tried, chosen, sound.length === 0) : null
}

function solution(tried: CheckedAttempt[], chosen: Attempt, doubtful: boolean): Solution {
  if (!ran(chosen)) return null
  const unknownValues = tried.find(({ attempt }) => attempt === chosen)?.unknownValues ?? []
  return { chosen, unknownValues, doubtful }
}
