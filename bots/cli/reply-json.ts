import type { Rows, SqlValue } from '#core/answer.ts'
import type { Reply } from '../reply/reply.ts'

/** What `ask --json` prints. `rows` hold raw values: integers beyond 2^53 as text, so that nothing is rounded, and blobs as base64. */
export type ReplyJson = {
  status: 'answered' | 'unanswered'
  reason: string | null
  answer: string
  sql: string | null
  columns: string[]
  rows: (string | number | null | { base64: string })[][]
  truncated: boolean
  explanation: string | null
  notes: string[]
  suggestions: string[]
  attempts: { sql: string; label: string; ok: boolean; outcome: string; notes: string[]; ms: number }[]
  model: string
  ms: number
}

/** The reply as one line of JSON for programs. What a terminal might obey stands escaped in it, so it may be printed as well. */
export function replyJson(reply: Reply, result: Rows | null): string {
  return JSON.stringify(plainObject(reply, result)).replace(
    /\p{Cc}|\p{Bidi_Control}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function plainObject(reply: Reply, result: Rows | null): ReplyJson {
  const { headline, notes, attempts, model, ms } = reply
  const common = { answer: headline, notes, attempts, model, ms }
  const table = {
    columns: result?.columns ?? [],
    rows: result?.rows.map((row) => row.map(jsonValue)) ?? [],
    truncated: result?.truncated ?? false,
  }
  if (reply.kind === 'unanswered') {
    const { reason, suggestions } = reply
    return { status: 'unanswered', reason, sql: null, explanation: null, suggestions, ...table, ...common }
  }
  const explanation = reply.explanation.summary
  return { status: 'answered', reason: null, sql: reply.sql, explanation, suggestions: [], ...table, ...common }
}

function jsonValue(value: SqlValue): string | number | null | { base64: string } {
  if (typeof value === 'bigint') return String(value)
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value
}
