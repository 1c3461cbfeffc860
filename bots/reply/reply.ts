import type { Unanswered } from '#core/answer.ts'

/**
 * What a person is told, as plain data that survives JSON: every front end renders this one, and adds no wording of its own.
 * All texts are for display: values are formatted in the asker's locale, control characters are made visible.
 * All of them are still untrusted: a renderer escapes for its own platform.
 */
export type Reply = AnsweredReply | UnansweredReply

type EveryReply = {
  questionId: string
  /** What was asked, as it was asked. */
  question: string
  /** One sentence that can stand alone: the value itself, or what the table below shows, or why there is no answer. */
  headline: string
  /** What a reader must know so as not to be misled. */
  notes: string[]
  attempts: ReplyAttempt[]
  /** What the reader can do next, in the order in which it should be offered. */
  actions: ReplyAction[]
  model: string
  /** From question to reply. */
  ms: number
}

export type AnsweredReply = EveryReply & {
  kind: 'answered'
  database: { id: string; name: string }
  /** How old the data are, in words: "Data up to 14 Nov 2026". */
  dataAge: string
  sql: string
  /** Null where the headline says it all (a single value). */
  table: ReplyTable | null
  /** Null where a chart would say no more than the table. */
  chart: Chart | null
  /** How the answer was computed, in words derived from the SQL. */
  explanation: { summary: string; tables: string[]; filters: string[]; periods: string[] }
}

export type UnansweredReply = EveryReply & {
  kind: 'unanswered'
  reason: Unanswered['reason']
  /** Questions to ask instead; names of databases where `reason` is which-database. */
  suggestions: string[]
}

export type ReplyAction = 'follow-up' | 'edit-sql' | 'csv' | 'feedback' | 'ask-again'

/** One query that was tried, and in words what came of it. */
export type ReplyAttempt = {
  sql: string
  /** "First try", "Repaired after an error" and the like. */
  label: string
  ok: boolean
  outcome: string
  notes: string[]
  ms: number
}

/** A table as it is to be read. `rows` and `columns` hold what fits; `cut` says in words what does not, null where all is there. */
export type ReplyTable = {
  caption: string
  columns: ReplyColumn[]
  rows: ReplyCell[][]
  /** Rows and columns of the result before any cut. */
  rowCount: number
  columnCount: number
  /** True where the database had still more rows than the result. */
  hasMore: boolean
  cut: string | null
}

export type ReplyColumn = { name: string; align: 'left' | 'right' }

/** `sort` orders cells of one column: numbers among numbers, texts among texts; null where the cell is empty (NULL). */
export type ReplyCell = { text: string; sort: number | string | null }

export type ChartKind = 'line' | 'bar'

export type TimeUnit = 'year' | 'month' | 'day' | 'time'

/** A chart as data; `renderChart` draws it, a platform with charts of its own may do so instead. */
export type Chart = {
  kind: ChartKind
  title: string
  x: { name: string; type: 'category' } | { name: string; type: 'time'; unit: TimeUnit }
  y: { name: string }
  /** One entry per mark, in the order in which they are to be drawn. `x` is an ISO time in UTC where x.type is time. */
  points: { x: string; y: number; series: string | null }[]
  /** What a reader looks for first, in words: "Highest revenue: Acme, 12,340"; null where there are several series. */
  peak: string | null
  /** What the chart shows, for people who cannot see it. */
  alt: string
  /** Kinds that would make sense for these data. */
  kinds: ChartKind[]
}
