import type { Thumb } from '../../conversation/conversation.ts'
import type { AnsweredReply, Reply, ReplyAttempt, UnansweredReply } from '../../reply/reply.ts'
import { unsaidPeriods } from '../../reply/unsaid-periods.ts'
import { chartView } from './chart-view.ts'
import { feedbackButtons } from './feedback-buttons.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { previewFold } from './preview-view.ts'
import { resultTable } from './result-table.ts'
import { sqlCode, sqlPanel } from './sql-view.ts'

export type ReplyHandlers = {
  thumb: Thumb | null
  /** Asks something else: a suggestion, or the same in one database. */
  ask: (text: string, database?: string) => void
  runEdited: (sql: string) => void
}

/** A reply as the page shows it. */
export function replyView(reply: Reply, handlers: ReplyHandlers): HTMLElement {
  return reply.kind === 'answered' ? answered(reply, handlers) : unanswered(reply, handlers)
}

function answered(reply: AnsweredReply, handlers: ReplyHandlers): HTMLElement {
  const { summary, filters } = reply.explanation
  return h(
    'div',
    { class: 'answer' },
    h('p', { class: isShortValue(reply) ? 'headline value' : 'headline', dir: 'auto' }, reply.headline),
    h('p', { class: 'explanation', dir: 'auto' }, summary),
    facts([...unsaidPeriods(reply.explanation), ...filters.filter((filter) => !summary.includes(filter))]),
    notes(reply.notes),
    results(reply),
    h(
      'div',
      { class: 'answer-foot' },
      h(
        'p',
        { class: 'source' },
        icon('database'),
        h('span', { dir: 'auto' }, reply.database.name),
        ' · ',
        reply.dataAge,
      ),
      h(
        'div',
        { class: 'answer-actions' },
        reply.actions.includes('csv') &&
          h(
            'a',
            { class: 'quiet', href: `/api/questions/${reply.questionId}/rows.csv`, download: '' },
            icon('download'),
            'CSV',
          ),
        reply.actions.includes('feedback') && feedbackButtons(reply.questionId, handlers.thumb),
      ),
    ),
    h(
      'details',
      { class: 'fold' },
      h('summary', {}, icon('code'), 'SQL'),
      sqlPanel(reply.sql, reply.actions.includes('edit-sql') ? handlers.runEdited : null),
    ),
    trace(reply),
    previewFold(reply.questionId),
  )
}

/** One value is the answer and is written large, unless it takes a long sentence. */
function isShortValue({ table, headline }: AnsweredReply): boolean {
  return table === null && headline.length <= LONGEST_LARGE
}

const LONGEST_LARGE = 80

function unanswered(reply: UnansweredReply, handlers: ReplyHandlers): HTMLElement {
  const last = reply.attempts.at(-1)
  const isChoice = reply.reason === 'which-database'
  return h(
    'div',
    { class: 'answer unanswered' },
    h('p', { class: 'headline', dir: 'auto' }, reply.headline),
    notes(reply.notes),
    reply.suggestions.length > 0 &&
      h(
        'ul',
        { class: 'chips', 'aria-label': isChoice ? 'Databases' : 'You could ask' },
        ...reply.suggestions.map((text) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                type: 'button',
                class: 'chip',
                dir: 'auto',
                onclick: () => (isChoice ? handlers.ask(reply.question, text) : handlers.ask(text)),
              },
              text,
            ),
          ),
        ),
      ),
    h(
      'div',
      { class: 'answer-actions' },
      reply.actions.includes('ask-again') &&
        h(
          'button',
          { type: 'button', class: 'quiet', onclick: () => handlers.ask(reply.question) },
          icon('refresh'),
          'Ask again',
        ),
      reply.actions.includes('feedback') && feedbackButtons(reply.questionId, handlers.thumb),
    ),
    last &&
      reply.actions.includes('edit-sql') &&
      h(
        'details',
        { class: 'fold' },
        h('summary', {}, icon('code'), 'Last SQL that was tried'),
        sqlPanel(last.sql, handlers.runEdited),
      ),
    trace(reply),
    previewFold(reply.questionId),
  )
}

function facts(texts: string[]): HTMLElement | null {
  if (texts.length === 0) return null
  return h(
    'ul',
    { class: 'facts', 'aria-label': 'What was counted' },
    ...texts.map((text) => h('li', { dir: 'auto' }, text)),
  )
}

function notes(texts: string[]): HTMLElement | null {
  if (texts.length === 0) return null
  return h(
    'ul',
    { class: 'notes', 'aria-label': 'Notes' },
    ...texts.map((text) => h('li', {}, icon('info'), h('span', { dir: 'auto' }, text))),
  )
}

/** Table, or chart and table with a switch between them. */
function results({ table, chart, questionId }: AnsweredReply): HTMLElement | null {
  if (!table) return null
  if (table.columns.length === 0 || table.rowCount === 0) return null
  const tableElement = resultTable(table)
  if (!chart) return tableElement
  const drawing = chartView(questionId, chart)
  const views = [
    ...chart.kinds.map((kind) => ({ name: kind === 'line' ? 'Line' : 'Bars', kind })),
    { name: 'Table', kind: null },
  ]
  const buttons = views.map(({ name, kind }) =>
    h(
      'button',
      { type: 'button', 'aria-pressed': String(kind === chart.kind), onclick: () => choose(kind) },
      icon(kind ? 'chart' : 'table'),
      name,
    ),
  )
  function choose(kind: (typeof views)[number]['kind']): void {
    for (const [at, button] of buttons.entries()) button.setAttribute('aria-pressed', String(views[at]?.kind === kind))
    drawing.element.hidden = kind === null
    tableElement.hidden = kind !== null
    if (kind) drawing.show(kind)
  }
  tableElement.hidden = true
  return h(
    'div',
    { class: 'results' },
    h('div', { class: 'segmented', role: 'group', 'aria-label': 'Show as' }, ...buttons),
    drawing.element,
    tableElement,
  )
}

function trace(reply: Reply): HTMLElement | null {
  const tries = reply.attempts.length
  if (tries === 0) return null
  const seconds = (reply.ms / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })
  return h(
    'details',
    { class: 'fold' },
    h(
      'summary',
      {},
      icon('info'),
      'How this was worked out',
      h('span', { class: 'fold-meta' }, `${tries === 1 ? '1 try' : `${tries} tries`} · ${seconds} s`),
    ),
    h('ol', { class: 'attempts' }, ...reply.attempts.map(attemptView)),
    h('p', { class: 'cut' }, `Model: ${reply.model}`),
  )
}

function attemptView(attempt: ReplyAttempt): HTMLElement {
  return h(
    'li',
    { class: attempt.ok ? 'good' : 'bad' },
    h(
      'p',
      { class: 'attempt-line' },
      icon(attempt.ok ? 'check' : 'cross'),
      h('strong', {}, attempt.label),
      h('span', { dir: 'auto' }, attempt.outcome),
      h('span', { class: 'fold-meta' }, `${attempt.ms.toLocaleString()} ms`),
    ),
    sqlCode(attempt.sql),
    ...attempt.notes.map((note) => h('p', { class: 'cut', dir: 'auto' }, note)),
  )
}
