import { DatabaseError } from '../database-error.ts'
import { OutOfMemory } from './out-of-memory.ts'
import type { JobReply, JobRequest } from './protocol.ts'

/** The functions that a process can run by name: synchronous, with arguments and results that survive a structured clone. */
export type Jobs = Record<string, (args: never) => unknown>

/** The whole program of a sandbox process: one job at a time, in the order of arrival, until the parent goes away. */
export function serveJobs(jobs: Jobs): void {
  process.on('disconnect', () => process.exit(0))
  process.on('message', (request: JobRequest) => {
    process.send?.(perform(jobs, request))
  })
  process.send?.({ kind: 'ready' } satisfies JobReply)
}

function perform(jobs: Jobs, { name, args }: JobRequest): JobReply {
  try {
    const job = jobs[name] as (args: unknown) => unknown
    return { kind: 'done', result: job(args) }
  } catch (error) {
    const known = ranOutOfMemory(error) ? new OutOfMemory(error) : error
    return { kind: 'failed', ...describe(known), spent: known instanceof OutOfMemory }
  }
}

function describe(error: unknown) {
  if (error instanceof DatabaseError) return { code: error.code, message: error.message, advice: error.advice }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'failed', message, advice: 'Look at the file, or try again.' }
}

function ranOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_NOMEM'
}
