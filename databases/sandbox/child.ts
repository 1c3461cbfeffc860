import { DatabaseError } from '../database-error.ts'
import { type JobName, jobs } from './jobs.ts'
import { OutOfMemory } from './out-of-memory.ts'
import type { JobReply, JobRequest } from './protocol.ts'

// The program of a sandbox process: one job at a time, in the order of arrival, until the parent goes away.
process.on('disconnect', () => process.exit(0))
process.on('message', (request: JobRequest) => {
  process.send?.(perform(request))
})
process.send?.({ kind: 'ready' } satisfies JobReply)

function perform({ name, args }: JobRequest): JobReply {
  try {
    const job = jobs[name as JobName] as (args: unknown) => unknown
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
