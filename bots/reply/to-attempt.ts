import type { Attempt } from '#core/trace.ts'
import type { ReplyAttempt } from './reply.ts'
import { visibleText } from './visible-text.ts'

/** One try in words; `at` is its place in the trace. */
export function toAttempt({ candidate, outcome, notes, ms }: Attempt, at: number, locale: string): ReplyAttempt {
  return {
    sql: candidate.sql,
    label:
      at === 0 && candidate.origin !== 'edited' && candidate.origin !== 'verified'
        ? 'First try'
        : labels[candidate.origin],
    ok: outcome.kind === 'rows',
    outcome: visibleText(say(outcome, locale)),
    notes: notes.map(visibleText),
    ms: Math.round(ms),
  }
}

const labels: Record<Attempt['candidate']['origin'], string> = {
  first: 'First try',
  sample: 'Another try',
  repair: 'Corrected',
  edited: 'As given',
  verified: 'Verified answer',
}

function say(outcome: Attempt['outcome'], locale: string): string {
  switch (outcome.kind) {
    case 'rows': {
      const count = outcome.rows.length
      if (count === 0) return 'Ran, but nothing matches'
      const rows = `${count.toLocaleString(locale)} ${count === 1 ? 'row' : 'rows'}`
      return outcome.truncated ? `More than ${rows}` : rows
    }
    case 'refused':
      return `Refused: ${outcome.message}`
    case 'rejected':
      return `Does not run: ${outcome.message}`
    case 'timed-out':
      return `Stopped, it took too long: ${outcome.message}`
    case 'crashed':
      return `Failed: ${outcome.message}`
  }
}
