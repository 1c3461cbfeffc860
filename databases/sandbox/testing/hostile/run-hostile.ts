import { gate } from '../../../gate/gate.ts'
import type { Schema } from '../../../schema/schema.ts'
import type { QueryOutcome } from '../../query-outcome.ts'
import type { Sandbox } from '../../sandbox.ts'
import { sensitive } from './hostile-database.ts'
import type { HostileStatement } from './hostile-statements.ts'

/** What came of a hostile statement. `stoppedBy` says who ended it; null where it gave rows within the limits. */
export type HostileResult = HostileStatement & {
  outcome: QueryOutcome
  stoppedBy: 'gate' | 'process' | null
  /** From the moment it was handed over, waiting for a free process included. */
  ms: number
}

type Options = {
  sandbox: Sandbox
  path: string
  /** Null: without the gate, as if it had let everything through. */
  schema: Schema | null
  deadlineMs: number
  lanes: number
}

/** Runs hostile statements, several at once, through the gate and the sandbox. */
export async function runHostile(statements: HostileStatement[], options: Options): Promise<HostileResult[]> {
  const results: HostileResult[] = []
  const waiting = statements.values()
  const lane = async () => {
    for (const statement of waiting) results.push(await runOne(statement, options))
  }
  await Promise.all(Array.from({ length: options.lanes }, lane))
  return results
}

async function runOne(
  statement: HostileStatement,
  { sandbox, path, schema, deadlineMs }: Options,
): Promise<HostileResult> {
  const started = performance.now()
  const verdict = schema === null ? { ok: true as const, sql: statement.sql } : gate(statement.sql, schema)
  const outcome = verdict.ok ? await sandbox.run({ path, sql: verdict.sql, sensitive, deadlineMs }) : verdict
  const stopped = outcome.kind === 'rows' ? null : 'process'
  const ms = performance.now() - started
  return { ...statement, outcome: asOutcome(outcome), stoppedBy: verdict.ok ? stopped : 'gate', ms }
}

function asOutcome({ kind, ...rest }: { kind: QueryOutcome['kind'] } & object): QueryOutcome {
  return { kind, ...rest } as QueryOutcome
}
