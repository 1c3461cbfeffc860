import { randomBytes } from 'node:crypto'
import { advised } from '#core/rowbot-error.ts'
import type { RunKind, RunProgress } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import type { Generator } from '#models/generator.ts'
import type { Scorer } from '../score/open-scorer.ts'
import { type AnswerParts, answerWith } from './answer-case.ts'
import type { Configuration } from './configuration.ts'
import type { DataFiles } from './data-cases.ts'
import { hashOfFiles } from './hash-of-files.ts'
import { quietly } from './quietly.ts'
import { rememberGenerations } from './remember-generations.ts'
import { caseRecord, hashOfCases, type RunCase } from './run-case.ts'
import { describeSetup, type RunSetup, readSetup, refuseChange } from './run-setup.ts'
import { type UnderWay, workOff } from './work-off.ts'

/** What runs work with. */
export type EvaluationParts = Omit<AnswerParts, 'memory'> & {
  generator: Generator
  store: EvaluationStore
  scorer: Scorer
  /** Settings of the pipeline that decide what it answers. */
  settings: RunSetup['settings']
  gpu: string
  whenFree?: (signal: AbortSignal) => Promise<void>
  onProgress?: (progress: Progress) => void
  signal: AbortSignal
  now?: () => Date
}

/** How far the runs are together; `leftMs` is null until that can be told. */
export type Progress = RunProgress & { leftMs: number | null }

/** What is to be measured. */
export type EvaluationRequest = {
  kind: RunKind
  dataset: string
  cases: RunCase[]
  sample: { limit: number | null; seed: number }
  /** Where the data set was read, so that it can be read again; without it by its name. */
  files?: DataFiles
  configurations: Configuration[]
  /** Whether the distilled databases are run too. */
  suite: boolean
  parallel: number
  /** Called with the ids as soon as the runs can be resumed. */
  onStart?: (runIds: string[]) => void
}

/** Runs every configuration over the cases, side by side, and gives the ids of the runs. What was done stays, however it ends. */
export async function evaluateConfigurations(parts: EvaluationParts, request: EvaluationRequest): Promise<string[]> {
  const { cases, configurations, suite, parallel, sample, files = null, dataset: name, kind } = request
  const plan = cases.map(caseRecord)
  const data = { name, ...(await hashesOf(parts, { cases, suite })), ...sample, files }
  const groupId = runId(parts.now?.() ?? new Date())
  const runs = configurations.map((configuration, index) => {
    const id = index === 0 ? groupId : `${groupId}-${index + 1}`
    const setup = describeSetup({ ...parts, identity: parts.generator.identity, data, configuration, suite, parallel })
    parts.store.start({ id, groupId, kind, dataset: name, label: configuration.label, setup }, plan)
    return { id, setup }
  })
  request.onStart?.(runs.map(({ id }) => id))
  await goOn(parts, runs, cases)
  return runs.map(({ id }) => id)
}

/**
 * Goes on with a run that was interrupted, and with those that were started with it. `casesOf` reads the data set again.
 * @throws RowbotError (`run-changed`) where it would go on with another model, prompt, code, data or settings than it began with.
 */
export async function resumeEvaluation(
  parts: EvaluationParts,
  id: string,
  casesOf: (setup: RunSetup) => Promise<RunCase[]>,
): Promise<string[]> {
  const { groupId } = parts.store.find(id)
  const open = parts.store
    .list({ groupId })
    .filter(({ status }) => status !== 'finished')
    .reverse()
  const runs = open.map((run) => ({ id: run.id, setup: readSetup(run.setup) }))
  const [first] = runs
  // The store says why a finished run cannot be resumed.
  if (!first) return [parts.store.resume(id).id]
  const cases = await casesOf(first.setup)
  const hashes = await hashesOf(parts, { cases, suite: first.setup.suite })
  for (const { setup } of runs) {
    const { configuration, suite, parallel } = setup
    const identity = parts.generator.identity
    const now = describeSetup({
      ...parts,
      identity,
      data: { ...setup.data, ...hashes },
      configuration: { ...configuration, without: [] },
      suite,
      parallel,
    })
    refuseChange(setup, now)
  }
  for (const run of runs) parts.store.resume(run.id)
  await goOn(parts, runs, cases)
  return runs.map((run) => run.id)
}

/** What the cases say, and what is in the databases that they are asked and scored on. People's own databases change all the time. */
async function hashesOf(
  { signal }: EvaluationParts,
  { cases, suite }: { cases: RunCase[]; suite: boolean },
): Promise<Pick<RunSetup['data'], 'hash' | 'databases'>> {
  const files = cases.flatMap(({ file, suiteFiles, own }) => (own ? [] : suite ? [file, ...suiteFiles] : [file]))
  const databases = files.length === 0 ? null : await hashOfFiles(files, signal)
  return { hash: hashOfCases(cases.map((one) => caseRecord(one).hash)), databases }
}

type Run = { id: string; setup: RunSetup }

async function goOn(parts: EvaluationParts, runs: Run[], cases: RunCase[]): Promise<void> {
  const { store, signal } = parts
  const heart = keepAlive(store, runs)
  const report = progressOf(parts, runs)
  const answering = { ...parts, memory: rememberGenerations() }
  try {
    await workOff({
      ...parts,
      runs: runs.map((run) => underWay(run, answering)),
      cases: new Map(cases.map((one) => [caseRecord(one).hash, one])),
      parallel: Math.max(...runs.map(({ setup }) => setup.parallel)),
      onSaved: report,
    })
    heart.stop()
    for (const { id } of runs) store.end(id, 'finished')
  } catch (error) {
    heart.stop()
    // A full disk must not hide the error that matters.
    endQuietly(store, runs, signal.aborted ? null : error)
    throw error
  }
}

function underWay({ id, setup }: Run, parts: AnswerParts): UnderWay {
  const configuration = setup.configuration as Configuration
  return { runId: id, suite: setup.suite, answer: answerWith(configuration, parts) }
}

const HEARTBEAT_MS = 10_000

/** Tells others that this process works on the runs, and adds up how long. */
function keepAlive(store: EvaluationStore, runs: Run[]): { stop(): void } {
  let last = performance.now()
  const beat = () => {
    const now = performance.now()
    for (const { id } of runs) store.renew(id, now - last)
    last = now
  }
  const timer = setInterval(() => quietly(beat), HEARTBEAT_MS)
  return {
    stop() {
      clearInterval(timer)
      quietly(beat)
    },
  }
}

function endQuietly(store: EvaluationStore, runs: Run[], error: unknown): void {
  for (const { id } of runs) {
    quietly(() => (error === null ? store.end(id, 'stopped') : store.end(id, 'failed', advised(error))))
  }
}

function progressOf({ store, onProgress }: EvaluationParts, runs: Run[]): () => void {
  const started = performance.now()
  let doneHere = 0
  return () => {
    doneHere++
    if (!onProgress) return
    const sums = runs.map(({ id }) => store.progress(id))
    const sum = (part: keyof RunProgress) => sums.reduce((total, one) => total + one[part], 0)
    const [planned, done, right] = [sum('planned'), sum('done'), sum('right')]
    const leftMs = ((performance.now() - started) / doneHere) * (planned - done)
    onProgress({ planned, done, right, leftMs: doneHere < 3 ? null : leftMs })
  }
}

function runId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  return `${time}-${randomBytes(2).toString('hex')}`
}
