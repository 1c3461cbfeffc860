import type { CaseRecord, NewResult, NewRun } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { describeSetup, type SetupParts } from '../run/run-setup.ts'

/** Cases of one database by their hashes. */
export function plannedCases(hashes: string[]): CaseRecord[] {
  return hashes.map((hash) => ({
    hash,
    caseId: hash,
    database: 'shop',
    question: `Question ${hash}`,
    gold: 'SELECT 1',
    hardness: null,
  }))
}

/** What came of a case that was answered. */
export const RIGHT: NewResult = {
  verdict: 'right',
  suiteRight: null,
  sql: 'SELECT 1',
  message: null,
  fault: null,
  writtenRight: true,
  fittedRight: true,
  origin: 'first',
  ms: 10,
  tokens: 5,
  generatingMs: 8,
  trace: null,
}

/** Remembers a run that begins, none of its cases asked yet, and gives its id. */
export function beginRun(
  store: EvaluationStore,
  id: string,
  { plan, run, setup }: { plan: CaseRecord[]; run?: Partial<NewRun>; setup?: Partial<SetupParts> },
): string {
  const described = describeSetup({
    identity: { name: 'model', hash: 'hash', contextTokens: 4096 },
    data: { name: 'dev', hash: 'data', databases: null, limit: null, seed: 0, files: null },
    configuration: { label: 'everything', baseline: null, effort: 'balanced', without: [] },
    settings: { maxRows: 10 },
    gpu: 'off',
    suite: false,
    parallel: 1,
    ...setup,
  })
  const began = { id, groupId: id, kind: 'nightly' as const, dataset: 'dev', label: 'everything', setup: described }
  store.start({ ...began, ...run }, plan)
  return id
}
