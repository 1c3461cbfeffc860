import type { RunFacts } from '#core/evaluation/run-report.ts'
import { call } from './api.ts'
import { figureOf } from './chart-view.ts'
import { dataTable } from './data-table.ts'
import { byId, h } from './h.ts'
import { problemView } from './problem-view.ts'

type Runs = { runs: RunFacts[]; trend: { title: string; alt: string } | null }

/** All runs of the benchmark: how the score went, and what each one gave. */
export async function showRuns(): Promise<void> {
  openPage('Benchmark')
  try {
    const { runs, trend } = await call<Runs>('/api/runs')
    const view = h(
      'div',
      { class: 'run-part' },
      h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Benchmark')),
      trend && h('h2', {}, trend.title),
      trend && figureOf(trend.alt, (query) => `/api/runs/trend.svg?${query}`),
      runs.length === 0 ? nothingYet() : list(runs),
    )
    byId('view').replaceChildren(view)
    byId('view').querySelector('h1')?.focus()
  } catch (error) {
    byId('view').replaceChildren(problemView(error, () => void showRuns()))
  }
}

/** Clears the page for what does not belong to a question. */
export function openPage(title: string): void {
  byId('main').className = 'page'
  byId('composer-place').hidden = true
  byId('below').replaceChildren()
  document.title = `${title} – Rowbot`
  byId('view').replaceChildren(h('p', { class: 'loading' }, 'Loading …'))
}

/** Share in percent as it is written everywhere. */
export function percent(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : `${value.toFixed(1)} %`
}

function nothingYet(): HTMLElement {
  return h(
    'p',
    { class: 'explanation' },
    'Nothing was measured yet. ',
    h('code', {}, 'rowbot eval spider --limit 100'),
    ' asks a hundred questions of Spider.',
  )
}

function list(runs: RunFacts[]): HTMLElement {
  return dataTable(
    'Runs',
    [
      { name: 'Run' },
      { name: 'Questions', number: true },
      { name: 'Right', number: true },
      { name: 'What' },
      { name: 'Model' },
      { name: 'State' },
    ],
    runs.map((run) => [
      h('a', { href: `#/runs/${run.id}` }, startedAt(run)),
      run.done.toLocaleString(),
      percent(run.percent),
      `${run.dataset}, ${run.label}`,
      run.model,
      state(run),
    ]),
  )
}

function startedAt({ startedAt: time }: RunFacts): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

function state({ status, done, planned, kind, pinned }: RunFacts): string {
  const partial = done < planned && status !== 'running' ? `partial, ${done} of ${planned}` : status
  return [partial, ...(kind === 'nightly' ? ['nightly'] : []), ...(pinned ? ['pinned'] : [])].join(', ')
}
