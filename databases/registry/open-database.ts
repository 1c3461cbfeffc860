import { DatabaseError } from '../database-error.ts'
import { gate } from '../gate/gate.ts'
import type { QueryOutcome, Rows } from '../sandbox/query-outcome.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { foldName, quoteName } from '../schema/quote-name.ts'
import type { Schema } from '../schema/schema.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import type { ValueIndex } from '../value-index/value-index.ts'

/** What running a query gave. `sql` is what ran, `notes` say how it differs from what was asked. */
export type RanQuery = { sql: string; outcome: QueryOutcome; notes: string[] }

export type RunOptions = { deadlineMs?: number; maxRows?: number; signal?: AbortSignal }

/** A database that can be asked. Its parts belong together: the schema is that of the file's present state. */
export type OpenDatabase = {
  record: DatabaseRecord
  schema: Schema
  values: ValueIndex
  /**
   * Passes the gate, then the sandbox, with the sensitive columns hidden. The only way by which SQL reaches a database.
   */
  run(sql: string, options?: RunOptions): Promise<RanQuery>
  /** The first rows of a table, for a look at it. */
  preview(table: string, options?: RunOptions): Promise<Rows>
}

/** What a question can be routed by: values of the schema are texts only, and of them and its rows more may have come since. */
export type SurveyedDatabase = Pick<OpenDatabase, 'record' | 'schema'> & { values: Pick<ValueIndex, 'match'> }

type Parts = { record: DatabaseRecord; schema: Schema; values: ValueIndex; sandbox: Sandbox }

export function createOpenDatabase({ record, schema, values, sandbox }: Parts): OpenDatabase {
  const run: OpenDatabase['run'] = async (sql, { deadlineMs, maxRows, signal } = {}) => {
    signal?.throwIfAborted()
    const verdict = gate(sql, schema)
    if (!verdict.ok) {
      const { kind, message } = verdict
      return { sql, outcome: { kind, message }, notes: [] }
    }
    const { path, sensitive } = record
    const outcome = await sandbox.run({ path, sql: verdict.sql, sensitive, deadlineMs, maxRows }, signal)
    return { sql: verdict.sql, outcome, notes: verdict.notes }
  }
  return { record, schema, values, run, preview: (table, options) => preview({ schema, run }, table, options) }
}

const previewRows = 20

async function preview(
  { schema, run }: Pick<OpenDatabase, 'schema' | 'run'>,
  name: string,
  { maxRows = previewRows, ...options }: RunOptions = {},
): Promise<Rows> {
  const table = schema.tables.find((one) => foldName(one.name) === foldName(name))
  if (!table) throw new DatabaseError({ ...noSuchTable, message: `There is no table ${name}.` })
  const columns = table.columns.map((column) => quoteName(column.name)).join(', ')
  const { outcome } = await run(`SELECT ${columns} FROM ${quoteName(table.name)} LIMIT ${maxRows}`, {
    maxRows,
    ...options,
  })
  if (outcome.kind === 'rows') return outcome
  throw new DatabaseError({ ...noPreview, message: `The rows of ${table.name} cannot be shown: ${outcome.message}` })
}

const noSuchTable = { code: 'no-such-table', advice: 'Choose one of the tables listed.' }
const noPreview = { code: 'no-preview', advice: 'Ask a question about the table instead, or look at another one.' }
