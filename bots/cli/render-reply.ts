import { footing } from '../reply/footing.ts'
import type { AnsweredReply, Reply, ReplyAttempt, UnansweredReply } from '../reply/reply.ts'
import { plainLines } from './plain-lines.ts'
import { renderTable } from './render-table.ts'

export type TerminalStyle = {
  /** Columns of the terminal. */
  width: number
  /** Show every query that was tried and what came of it. */
  trace: boolean
}

/** The reply as plain text for a terminal: headline, table, notes, how it was computed, SQL. No colours, so that it can be piped. */
export function renderReply(reply: Reply, style: TerminalStyle): string {
  const parts = reply.kind === 'answered' ? answeredParts(reply, style) : unansweredParts(reply)
  const trace = style.trace ? [`Attempts:\n${reply.attempts.map(attemptLine).join('\n')}`] : []
  return `${plainLines([...parts, ...trace].filter(Boolean).join('\n\n'))}\n`
}

function answeredParts(reply: AnsweredReply, style: TerminalStyle): string[] {
  return [
    reply.headline,
    reply.table ? renderTable(reply.table, style.width) : '',
    reply.notes.map((note) => `! ${note}`).join('\n'),
    footing(reply).join('\n'),
    indented(reply.sql),
  ]
}

function unansweredParts(reply: UnansweredReply): string[] {
  const suggestions = reply.suggestions.map((suggestion) => `  - ${suggestion}`)
  return [reply.headline, reply.notes.map((note) => `! ${note}`).join('\n'), suggestions.join('\n')]
}

function attemptLine(attempt: ReplyAttempt, index: number): string {
  const notes = attempt.notes.map((note) => `\n     ${note}`).join('')
  return `  ${index + 1}. ${attempt.label} (${Math.round(attempt.ms)} ms): ${attempt.outcome}${notes}\n${indented(attempt.sql, 5)}`
}

function indented(text: string, spaces = 2): string {
  return text.replace(/^/gm, ' '.repeat(spaces))
}
