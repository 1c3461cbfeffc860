import type { ContainerBlock, KnownBlock } from '@slack/types'
import { cutText } from '../reply/cut-text.ts'
import { footing } from '../reply/footing.ts'
import { HOW_TITLE } from '../reply/how-title.ts'
import type { AnsweredReply, Reply, ReplyAttempt } from '../reply/reply.ts'
import { limits } from './limits.ts'
import { renderTable } from './render-table.ts'
import { aside, bullets, code, lines, plainText, richText } from './rich-text.ts'

export type ReplyLook = {
  locale: string
  /** Id of the chart's picture, uploaded before; null where there is none. */
  picture: string | null
}

/** Most units of each part, so that a long one leaves room for the others; the table gets what is left. */
const SHARES = {
  headline: 1_200,
  notes: 1_000,
  footing: 1_000,
  suggestion: 300,
  sql: 2_000,
  attempt: 500,
  outcome: 300,
}

/** The reply as blocks: sentence, chart, table, notes, how it was computed; SQL and attempts collapsed. */
export function renderReply(reply: Reply, look: ReplyLook): KnownBlock[] {
  const above = richText(lines([cutText(reply.headline, SHARES.headline)], { bold: true }))
  const below = [...notesOf(reply), ...(reply.kind === 'answered' ? aside(footing(reply), SHARES.footing) : [])]
  const collapsed = howBlock(reply)
  if (reply.kind === 'unanswered') {
    const suggestions = richText(
      bullets(reply.suggestions.slice(0, SHOWN_SUGGESTIONS).map((text) => cutText(text, SHARES.suggestion))),
    )
    return [...above, ...below, ...suggestions, ...collapsed]
  }
  const room = limits.messageText - JSON.stringify([above, below, collapsed]).length
  const table = reply.table && renderTable(reply.table, room, look.locale)
  const cut = table?.cut ? aside([table.cut]) : []
  return [...above, ...pictureOf(reply, look.picture), ...(table ? [table.block, ...cut] : []), ...below, ...collapsed]
}

function pictureOf({ chart }: AnsweredReply, picture: string | null): KnownBlock[] {
  if (!chart || picture === null) return []
  return [{ type: 'image', slack_file: { id: picture }, alt_text: cutText(chart.alt, limits.altText) }]
}

function notesOf({ notes }: Reply): KnownBlock[] {
  return aside(
    notes.map((note) => `⚠️ ${note}`),
    SHARES.notes,
  )
}

/** How many of the last attempts are shown; the SQL of the answer stands above them. */
const SHOWN_ATTEMPTS = 3
const SHOWN_NOTES = 2
const SHOWN_SUGGESTIONS = 10

function howBlock(reply: Reply): ContainerBlock[] {
  const answer = reply.kind === 'answered' ? richText(code(cutText(reply.sql, SHARES.sql))) : []
  const attempts = reply.attempts.slice(-SHOWN_ATTEMPTS).flatMap((attempt) => attemptBlock(attempt, reply))
  const inside = [...answer, ...attempts]
  if (inside.length === 0) return []
  return [
    {
      type: 'container',
      title: plainText(HOW_TITLE, limits.header),
      is_collapsible: true,
      default_collapsed: true,
      child_blocks: inside,
    },
  ]
}

function attemptBlock({ label, outcome, notes, sql }: ReplyAttempt, reply: Reply) {
  const said = [
    `${label}: ${cutText(outcome, SHARES.outcome)}`,
    ...notes.slice(0, SHOWN_NOTES).map((note) => cutText(note, SHARES.outcome)),
  ]
  // The SQL that gave the answer is not said twice.
  const isAnswer = reply.kind === 'answered' && sql === reply.sql
  return richText(lines(said), isAnswer ? null : code(cutText(sql, SHARES.attempt)))
}
