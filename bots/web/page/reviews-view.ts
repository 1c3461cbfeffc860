import type { Review } from '../../conversation/reviews.ts'
import type { Reply } from '../../reply/reply.ts'
import { announce } from './announce.ts'
import { call } from './api.ts'
import { byId, h } from './h.ts'
import { problemView } from './problem-view.ts'
import { layOutSql } from './sql-tokens.ts'
import { sqlCode } from './sql-view.ts'

/** Answers that somebody found wrong, each with what was tried and what can be done about it. */
export async function showReviews(): Promise<void> {
  byId('main').className = 'page'
  document.title = 'Answers to look at – Rowbot'
  byId('composer-place').hidden = true
  byId('below').replaceChildren()
  const head = h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Answers to look at'))
  try {
    const { reviews } = await call<{ reviews: Review[] }>('/api/reviews')
    const list = h('ul', { class: 'cards' }, ...reviews.map(card))
    const nothing = h('p', { class: 'explanation' }, 'Nothing: no answer has a thumb down that nobody has dealt with.')
    byId('view').replaceChildren(head, reviews.length === 0 ? nothing : list)
  } catch (error) {
    byId('view').replaceChildren(
      head,
      problemView(error, () => void showReviews()),
    )
  }
}

function card(review: Review): HTMLElement {
  const { questionId, text, by, comment, givenAt, reply } = review
  const path = `/api/reviews/${encodeURIComponent(questionId)}`
  const item = h('li', { class: 'card' })
  const problem = h('div', {})
  const act = async (work: () => Promise<unknown>, said: string) => {
    try {
      await work()
      item.remove()
      announce(said)
    } catch (error) {
      problem.replaceChildren(problemView(error))
    }
  }
  const sql = h('textarea', {
    class: 'sql-editor',
    rows: '6',
    spellcheck: 'false',
    'aria-label': `Right SQL for ${text}`,
  })
  sql.value = layOutSql(lastSql(reply))
  const makeCase = () =>
    act(() => call(`${path}/case`, { method: 'POST', body: { sql: sql.value } }), 'It is a case now.')
  const settle = () => act(() => call(path, { method: 'DELETE' }), 'Taken off the list.')
  item.append(
    h('h2', { dir: 'auto' }, text),
    h('p', { class: 'source' }, `Thumb down by ${by} on ${new Date(givenAt).toLocaleDateString()}`),
    h(
      'p',
      { dir: 'auto' },
      comment || reply?.headline || 'The answer was not kept: ask the question again to see one.',
    ),
    trace(reply),
    h('p', { class: 'hint' }, 'The SQL that would be right:'),
    sql,
    h(
      'div',
      { class: 'sql-buttons' },
      h('button', { type: 'button', class: 'primary small', onclick: () => void makeCase() }, 'Make it a test case'),
      h('button', { type: 'button', class: 'quiet', onclick: () => void settle() }, 'Dealt with'),
    ),
    problem,
  )
  return item
}

function trace(reply: Reply | null): HTMLElement | string {
  if (!reply || reply.attempts.length === 0) return ''
  return h(
    'details',
    {},
    h('summary', {}, 'What was tried'),
    ...reply.attempts.flatMap(({ label, outcome, sql }) => [h('p', {}, `${label}: ${outcome}`), sqlCode(sql)]),
  )
}

function lastSql(reply: Reply | null): string {
  return reply?.kind === 'answered' ? reply.sql : (reply?.attempts.at(-1)?.sql ?? '')
}
