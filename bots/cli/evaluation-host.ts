import type { RunFacts } from '#core/evaluation/run-report.ts'
import type { Flags } from './host.ts'

/** Measurements and what is remembered of them. The measuring ones print their figures, the last line as JSON. */
export type EvaluationHost = {
  heldBack(flags: HeldBackFlags, signal: AbortSignal): Promise<void>
  benchAnswer(flags: HeldBackFlags, signal: AbortSignal): Promise<void>
  shop(flags: Flags, signal: AbortSignal): Promise<void>
  spider(flags: SpiderFlags, signal: AbortSignal): Promise<void>
  resume(id: string, flags: Flags & { spider: string }, signal: AbortSignal): Promise<void>
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

/** A measurement on held-back questions; `spider` is the folder into which Spider was unpacked. */
export type HeldBackFlags = Flags & { spider: string; limit: number; plain: boolean }

/** A run on Spider. */
export type SpiderFlags = Flags & {
  spider: string
  split: 'dev' | 'train' | 'held-back'
  limit: number | null
  seed: number
  without?: string
  compare?: string
  plain: boolean
  suite: boolean
  parallel: number
}
