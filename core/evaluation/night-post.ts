import type { ReportChart } from './report-chart.ts'
import type { ChangedCase } from './run-report.ts'

/** What is said about a night's run, as plain data: each platform renders it. Texts are plain; questions and SQL are anybody's. */
export type NightPost = {
  /** Local date of the night. */
  night: string
  /** Score, interval and change in a sentence, or why there is no score. */
  headline: string
  tone: 'good' | 'neutral' | 'bad'
  sections: { heading: string; lines: string[] }[]
  /** The score over the last nights; null for the first one. */
  trend: ReportChart | null
  /** At most three questions that the last night had right, shown only when asked for. */
  broken: ChangedCase[]
  /** True where people who are set for it should be told: a significant drop, or a failure. */
  isAlarm: boolean
  /** Id of the run with all details; null where none began. */
  runId: string | null
}

/** What sends nights to channels. */
export type NightPoster = {
  /** Sends a post, or finds that it was sent before a crash (`isAgain`); gives why it could not be sent, or null. */
  post(channel: string, post: NightPost, options: { isAgain: boolean }): Promise<string | null>
  /** Sends the chart of a post that is there, if it has one. */
  addChart(channel: string, post: NightPost): Promise<void>
}
