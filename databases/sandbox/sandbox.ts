import { DatabaseError } from '../database-error.ts'
import { bundleChild } from './bundle-child.ts'
import type { MemoryGuard } from './child-process.ts'
import type { Execution, Executor } from './executor.ts'
import { type JobArgs, type JobName, type JobResult, slowJobs } from './jobs.ts'
import { defaultLimits } from './limits.ts'
import { Pool } from './pool.ts'
import type { QueryOutcome } from './query-outcome.ts'

export type SandboxOptions = {
  processes?: number
  memoryBytes?: number
  memoryGuard?: MemoryGuard
  /** How long one query may run, from the moment a process takes it up. */
  deadlineMs?: number
  maxRows?: number
  maxBytes?: number
}

/** Runs untrusted SQL, and code that reads untrusted files, in child processes that can be killed. */
export type Sandbox = Executor & {
  /**
   * Runs a function of jobs.ts in a sandbox process. Rejects with a DatabaseError: the job's own, or one with the code
   * 'timed-out', 'crashed', 'out-of-memory' or 'closed'; when the signal aborts, with its reason.
   */
  job<Name extends JobName>(
    name: Name,
    args: JobArgs<Name>,
    options: { deadlineMs: number; signal?: AbortSignal },
  ): Promise<JobResult<Name>>
  /** Ids of the processes alive, for whoever measures them. */
  pids(): number[]
}

/**
 * Opens a pool of warm sandbox processes: jobs run at once on the idle ones, else wait their turn in the order of
 * arrival. Slow jobs leave one process to the others, where there is more than one. A process that is killed or dies is replaced. Whoever opens the pool closes it.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const limits = { ...defaultLimits, ...withoutUndefined(options) }
  const pool = new Pool({
    processes: limits.processes,
    memoryBytes: limits.memoryBytes,
    memoryGuard: options.memoryGuard ?? (process.platform === 'linux' ? 'rlimit' : 'watchdog'),
    program: bundleChild(),
    slow: slowJobs,
  })
  return {
    run: (execution, signal) => runQuery(pool, limits, execution, signal),
    job: (name, args, { deadlineMs, signal }) => pool.submit(name, args, deadlineMs, signal) as Promise<never>,
    pids: () => pool.pids(),
    close: () => pool.close(),
  }
}

async function runQuery(
  pool: Pool,
  limits: typeof defaultLimits,
  { deadlineMs = limits.deadlineMs, maxRows = limits.maxRows, ...execution }: Execution,
  signal?: AbortSignal,
): Promise<QueryOutcome> {
  try {
    const args: JobArgs<'query'> = { ...execution, maxRows, maxBytes: limits.maxBytes }
    return (await pool.submit('query', args, deadlineMs, signal)) as QueryOutcome
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code === 'closed') throw error
    const message = `${error.message} ${error.advice}`
    return { kind: error.code === 'timed-out' ? 'timed-out' : 'crashed', message }
  }
}

function withoutUndefined(options: SandboxOptions): Partial<typeof defaultLimits> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
