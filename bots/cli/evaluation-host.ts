import type { RunFacts } from '#core/evaluation/run-report.ts'
import type { Flags } from './host.ts'

/** Measurements and what is remembered of them. The measuring ones print their figures, the last line as JSON. */
export type EvaluationHost = {
  heldBack(flags: HeldBackFlags, signal: AbortSignal): Promise<void>
  benchAnswer(flags: HeldBackFlags, signal: AbortSignal): Promise<void>
  calibration(flags: JudgingFlags, signal: AbortSignal): Promise<void>
  refusals(flags: JudgingFlags, signal: AbortSignal): Promise<void>
  shop(flags: Flags, signal: AbortSignal): Promise<void>
  spider(flags: SpiderFlags, signal: AbortSignal): Promise<void>
  resume(id: string, flags: Flags & { spider?: string }, signal: AbortSignal): Promise<void>
  /** Scores a file of anyone's predictions. */
  sql(
    file: string,
    flags: ScoreFlags,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ShownScores>
  /** Gets Spider into the data directory. Gives its folder, and how it differs from what was published, in words. */
  getSpider(
    source: { from?: string; mirror?: string },
    onProgress: (progress: GetProgress) => void,
    signal: AbortSignal,
  ): Promise<{ folder: string; notes: string[] }>
  /** Newest first. */
  runs(): Promise<RunFacts[]>
  /** The report as a text. */
  report(wanted: { id: string; against?: string; format: ReportFormat }): Promise<string>
  export(id: string, folder: string): Promise<void>
  /** Makes a run the one that nightly runs are compared with. Gives its id. */
  pin(id: string): Promise<string>
  remove(id: string): Promise<boolean>
}

export type ReportFormat = 'text' | 'markdown' | 'html'

/** Predictions to score; what is not named is Spider dev's own. */
export type ScoreFlags = {
  spider?: string
  gold?: string
  dbDir?: string
  suiteDir?: string
  tables?: string
  ts: boolean
  asReference: boolean
  plugValue: boolean
  keepDistinct: boolean
  rule: 'spider' | 'bird'
}

/** Scores ready to be printed: a table, lines below it, and the figures for programs. */
export type ShownScores = { table: string[][]; notes: string[]; figures: Record<string, number | null> }

export type GetProgress = { what: string; bytes: number; totalBytes: number }

/** A measurement on held-back questions; `spider` is the folder of Spider, if that is not where `eval get` puts it. */
export type HeldBackFlags = Flags & { spider?: string; limit: number; plain: boolean }

/** Answers are judged; `answers` is a file that keeps them, `fit` asks for weights to be fitted to them and saved. */
export type JudgingFlags = Flags & { spider?: string; limit: number; answers?: string; fit?: boolean }

/** A run on Spider. */
export type SpiderFlags = Flags & {
  spider?: string
  split: 'dev' | 'train' | 'held-back'
  limit: number | null
  seed: number
  without?: string
  compare?: string
  plain: boolean
  suite: boolean
  parallel: number
}
