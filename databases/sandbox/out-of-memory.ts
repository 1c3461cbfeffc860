import { DatabaseError } from '../database-error.ts'

/** SQLite ran into the memory limit of its process, which is replaced after that: what else failed in it is unknown. */
export class OutOfMemory extends DatabaseError {
  constructor(cause: unknown) {
    super({
      code: 'out-of-memory',
      message: 'The query needed more memory than it may use.',
      advice: 'Ask for less at once: fewer rows, or shorter texts.',
      cause,
    })
  }
}
