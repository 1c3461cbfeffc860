import type { QueryOutcome } from '#databases/sandbox/query-outcome.ts'
import type { Schema } from '#databases/schema/schema.ts'

/** A value of the database that a text seems to mention. `matched` is the stretch of the text. */
export type FoundValue = { table: string; column: string; value: string; score: number; matched: string }

/** What the story needs of an opened database; an OpenDatabase of the registry is one. */
export type AskedDatabase = {
  record: { id: string; name: string; description: string; source: 'upload' | 'path'; dataAsOf: string }
  schema: Schema
  values: { match(text: string, limit: number): FoundValue[] }
  /** Gate, then sandbox: the only way to the data. `notes` say what was changed on the way. */
  run(
    sql: string,
    options: { deadlineMs?: number; maxRows?: number; signal?: AbortSignal },
  ): Promise<{ sql: string; outcome: QueryOutcome; notes: string[] }>
}

/** What a question is routed by: what is known of a database without looking at its file. */
export type SurveyedDatabase = Pick<AskedDatabase, 'record' | 'schema' | 'values'>

/** The databases in reach. */
export type AskedDatabases = {
  find(idOrName: string): { id: string; name: string; description: string } | undefined
  survey(id: string): Promise<SurveyedDatabase>
  open(id: string): Promise<AskedDatabase>
}
