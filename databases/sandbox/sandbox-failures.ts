import { DatabaseError } from '../database-error.ts'

/** The ways in which a sandbox process fails the one who waits for it. */
export function outOfTime(deadlineMs: number): DatabaseError {
  return new DatabaseError({
    code: 'timed-out',
    message: `It was stopped after ${deadlineMs / 1000} s.`,
    advice: 'Ask for less at once, or allow it more time.',
  })
}

export function crashed(reason: string): DatabaseError {
  return new DatabaseError({
    code: 'crashed',
    message: `The process that ran it ended before it was done: ${reason}.`,
    advice: 'Ask for less at once. If this happens with every question, check the database file.',
  })
}

export function cannotStart(reason: string): DatabaseError {
  return new DatabaseError({
    code: 'cannot-start',
    message: `The process that runs queries cannot start: ${reason}.`,
    advice:
      'Mend what the reason names: room in the temporary folder, memory for the processes (ROWBOT_SANDBOX_MEMORY), files that may be open, or the installation ("npm ci"). Then ask again.',
  })
}

export function closed(): DatabaseError {
  return new DatabaseError({
    code: 'closed',
    message: 'The query was stopped because Rowbot is shutting down.',
    advice: 'Start Rowbot again and repeat the question.',
  })
}
