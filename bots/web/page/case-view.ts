import type { CaseAttempt, CaseView } from '#core/evaluation/evaluations.ts'
import { call } from './api.ts'
import { byId, h } from './h.ts'
import { icon } from './icon.ts'
import { problemView } from './problem-view.ts'
import { openPage } from './runs-view.ts'
import { sqlCode } from './sql-view.ts'

/** One question of a run: what was right, what was answered, and every attempt on the way. */
export async function showCase(runId: string, ordinal: string): Promise<void> {
  openPage('Question of a run')
  try {
    const one = await call<CaseView>(`/api/runs/${encodeURIComponent(runId)}/cases/${encodeURIComponent(ordinal)}`)
    byId('view').replaceChildren(
      h(
        'div',
        { class: 'page-head' },
        h(
          'div',
          {},
          h('p', { class: 'crumb' }, h('a', { href: `#/runs/${runId}` }, `Run ${runId}`)),
          h('h1', { tabindex: '-1', dir: 'auto' }, one.question),
          h('p', { class: 'source' }, about(one)),
        ),
      ),
      h('section', { class: 'run-part sides' }, side('Gold', one.gold), side('Answered', one.sql, one.message)),
      h(
        'section',
        { class: 'run-part' },
        h('h2', {}, 'Attempts'),
        one.tables.length > 0 &&
          h('p', { class: 'explanation', dir: 'auto' }, `Tables shown to the model: ${one.tables.join(', ')}`),
        h('ol', { class: 'changes' }, ...one.attempts.map(attempt)),
      ),
    )
    byId('view').querySelector('h1')?.focus()
  } catch (error) {
    byId('view').replaceChildren(problemView(error, () => void showCase(runId, ordinal)))
  }
}

function about({ database, outcome, suite, ms, tokens }: CaseView): string {
  return [database, outcome, ...(suite ? [suite] : []), `${(ms / 1000).toFixed(1)} s`, `${tokens} tokens`].join(' · ')
}

function side(name: string, sql: string | null, message: string | null = null): HTMLElement {
  return h(
    'div',
    {},
    h('h2', {}, name),
    sql === null ? h('p', { class: 'cut' }, 'No query') : sqlCode(sql),
    message && h('p', { class: 'explanation', dir: 'auto' }, message),
  )
}

function attempt({ label, sql, written, ok, outcome, notes, ms }: CaseAttempt): HTMLElement {
  return h(
    'li',
    {},
    h(
      'h3',
      {},
      icon(ok ? 'check' : 'cross'),
      ` ${label}: `,
      h('span', { dir: 'auto' }, outcome),
      ` (${Math.round(ms)} ms)`,
    ),
    sqlCode(sql),
    ...(written === null ? [] : [h('p', { class: 'explanation' }, 'As the model wrote it:'), sqlCode(written)]),
    notes.length > 0 && h('ul', { class: 'notes' }, ...notes.map((note) => h('li', { dir: 'auto' }, note))),
  )
}
