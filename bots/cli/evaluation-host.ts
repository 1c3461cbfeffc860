import type { RunFacts } from '#core/evaluation/run-report.ts'
import type { ScoreWishes } from '#core/evaluation/score-wishes.ts'
import type { ShownScores } from '#core/evaluation/shown-scores.ts'
import type { Flags } from './host.ts'

/** Measurements and what is remembered of them. The measuring ones print their figures, the last line as JSON. */
export type EvaluationHost = {
  benchAnswer(flags: HeldBackFlags, signal: AbortSignal): Promise<void>
  calibration(flags: JudgingFlags, signal: AbortSignal): Promise<void>
  refusals(flags: JudgingFlags, signal: AbortSignal): Promise<void>
  shop(flags: Flags, signal: AbortSignal): Promise<void>
  /** Writes held-back questions in other clothes, and everyday ones, into a folder. Gives how many of each kind, and databases that could not be renamed. */
  variants(folder: string, flags: VariantFlags, signal: AbortSignal): Promise<Record<string, number | string[]>>
  spider(flags: SpiderFlags, signal: AbortSignal): Promise<void>
  resume(id: string, flags: Flags & { spider?: string }, signal: AbortSignal): Promise<void>
  /** Scores a file of anyone's predictions. */
  sql(
    file: string,
    flags: ScoreWishes,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ShownScores>
  /** Gets Spider into the data directory. Gives its folder, and how it differs from what was published, in words. */
  getSpider(
    source: { from?: string; mirror?: string },
    onProgress: (progress: GetProgress) => void,
    signal: AbortSignal,
  ): Promise<{ folder: string; notes: string[] }>
  /** Asks the questions that every change must answer as well as before; false where the score is under the floor. */
  check(flags: Flags & { spider?: string }, signal: AbortSignal): Promise<boolean>
  /** Runs today's night now. `taken`: another process has it, or had it. */
  nightly(flags: Flags & { spider?: string }, signal: AbortSignal): Promise<'done' | 'failed' | 'taken' | 'stopped'>
  /** Asks the cases of one's own. */
  mine(flags: Flags & { without?: string; compare?: string }, signal: AbortSignal): Promise<void>
  /** Questions that people judged and that could become cases, newest first. */
  candidates(): Promise<{ questionId: string; text: string; verdict: 'up' | 'down'; askedAt: string }[]>
  /** Makes a case of a question. */
  add(request: { questionId: string; accepted: string[]; unanswerable: boolean }): Promise<void>
  /** Newest first. */
  runs(): Promise<RunFacts[]>
  /** The report as a text. */
  report(wanted: { id: string; against?: string; format: ReportFormat }): Promise<string>
  /** Runs as a Markdown table, put into a file between its marks if one is named. */
  table(wanted: TableFlags & { ids: string[] }): Promise<string>
  export(id: string, folder: string): Promise<void>
  /** Makes a run the one that nightly runs are compared with. Gives its id. */
  pin(id: string): Promise<string>
  remove(id: string): Promise<boolean>
}

export type ReportFormat = 'text' | 'markdown' | 'html'

export type GetProgress = { what: string; bytes: number; totalBytes: number }

/** A measurement on held-back questions; `spider` is the folder of Spider, if that is not where `eval get` puts it. */
export type HeldBackFlags = Flags & { spider?: string; limit: number }

/** Which held-back questions are written in other clothes. */
export type VariantFlags = { spider?: string; limit: number; seed: number }

/** Answers are judged; `answers` is a file that keeps them, `fit` asks for weights to be fitted to them and saved. */
export type JudgingFlags = Flags & { spider?: string; limit: number; answers?: string; fit?: boolean }

/** Which runs a table shows, where none are named: those on a data set (default Spider dev), on all of it or on so many questions. */
export type TableFlags = { data?: string; limit: number | null; into?: string }

/** A run on Spider, or on the data set of a file. */
export type SpiderFlags = Flags & {
  spider?: string
  data?: string
  dbDir?: string
  split: 'dev' | 'train' | 'held-back'
  limit: number | null
  seed: number
  without?: string
  compare?: string
  plain: boolean
  suite: boolean
  parallel: number
}
