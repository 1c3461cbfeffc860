import type { ReportChart } from './report-chart.ts'
import type { RunFacts, RunReport } from './run-report.ts'

/** The runs of the evaluation that are remembered, to be looked at. Texts are plain and untrusted. */
export type Evaluations = {
  /** Newest first. */
  list(): RunFacts[]
  /** Null where there is no such run. */
  report(id: string, against: string | null): RunReport | null
  /** The cases that a run has asked, in the order of the plan. */
  cases(id: string): CaseRow[]
  /** One of them with its trace; null where there is none. */
  case(id: string, ordinal: number): CaseView | null
  /** The score of the last runs of a data set, oldest first; null where there are less than two. */
  trend(): ReportChart | null
}

export type CaseRow = {
  ordinal: number
  database: string
  question: string
  isRight: boolean
  /** What came of it, in words: "right", "wrong: other filter or value". */
  outcome: string
}

export type CaseView = CaseRow & {
  gold: string
  sql: string | null
  message: string | null
  /** Whether it is right on the distilled databases too; null where that was not measured. */
  suite: string | null
  ms: number
  tokens: number
  tables: string[]
  attempts: CaseAttempt[]
}

export type CaseAttempt = {
  label: string
  sql: string
  /** As the model wrote it, where that is something else; null otherwise. */
  written: string | null
  ok: boolean
  outcome: string
  notes: string[]
  ms: number
}
