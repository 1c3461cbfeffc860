import type { CaseRow } from '#core/evaluation/evaluations.ts'
import type { ChangedCase, Comparison, RunFacts, RunReport, Share } from '#core/evaluation/run-report.ts'
import { call } from './api.ts'
import { dataTable } from './data-table.ts'
import { byId, h } from './h.ts'
import { problemView } from './problem-view.ts'
import { openPage, percent } from './runs-view.ts'
import { sqlCode } from './sql-view.ts'

/** One run: its figures, beside another run where one is named, and its questions. */
export async function showRun(id: string, against: string | null): Promise<void> {
  openPage('Run')
  const address = `/api/runs/${encodeURIComponent(id)}`
  try {
    const query = against === null ? '' : `?${new URLSearchParams({ against })}`
    const [report, { runs }, { cases }] = await Promise.all([
      call<RunReport>(`${address}${query}`),
      call<{ runs: RunFacts[] }>('/api/runs'),
      call<{ cases: CaseRow[] }>(`${address}/cases`),
    ])
    document.title = `Run ${report.run.id} – Rowbot`
    byId('view').replaceChildren(
      head(report),
      h('section', { class: 'run-part' }, ...figures(report)),
      h('section', { class: 'run-part' }, beside(report.run, runs, against), ...comparison(report.comparison, id)),
      ...(report.ex.n === 0 ? [] : [parts(report), questions(id, cases)]),
      h('section', { class: 'run-part' }, h('h2', {}, 'How it was measured'), setup(report.run)),
    )
    byId('view').querySelector('h1')?.focus()
  } catch (error) {
    byId('view').replaceChildren(problemView(error, () => void showRun(id, against)))
  }
}

function head({ run, isPartial }: RunReport): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    h(
      'div',
      {},
      h('p', { class: 'crumb' }, h('a', { href: '#/runs' }, 'Benchmark')),
      h('h1', { tabindex: '-1' }, `${run.dataset}, ${run.label}`),
      h('p', { class: 'source' }, `${new Date(run.startedAt).toLocaleString()} · ${run.model} · ${run.id}`),
      isPartial && h('p', { class: 'explanation' }, `Partial: ${run.done} of ${run.planned} questions were asked.`),
      run.failure && h('p', { class: 'explanation', dir: 'auto' }, `It ended early: ${run.failure}`),
    ),
  )
}

const interval = ({ low, high }: Share) => `${low.toFixed(1)} to ${high.toFixed(1)}`

function figures({ ex, ts, shares, latency, tokensPerSecond }: RunReport): HTMLElement[] {
  const ofShare = (name: string, share: Share) => [
    name,
    percent(share.percent),
    interval(share),
    `${share.hits} of ${share.n}`,
  ]
  const speed = tokensPerSecond === null ? [] : [['Tokens written per second', tokensPerSecond.toFixed(1), '', '']]
  const rows = [
    ofShare('Execution accuracy', ex),
    ...(ts ? [ofShare('Test-suite accuracy', ts)] : []),
    ...shares.map(({ name, n, percent: share }) => [name, percent(share), '', String(n)]),
    ['Half of the answers within', `${(latency.p50Ms / 1000).toFixed(1)} s`, '', ''],
    ['95 % of them within', `${(latency.p95Ms / 1000).toFixed(1)} s`, '', ''],
    ...speed,
  ]
  const columns = [{ name: 'Figure' }, number('Value'), number('95 % interval'), number('Questions')]
  return [h('h2', {}, 'Figures'), dataTable('Figures', columns, rows)]
}

/** Choosing another run shows both side by side. */
function beside(run: RunFacts, runs: RunFacts[], against: string | null): HTMLElement {
  const others = runs.filter(({ id }) => id !== run.id)
  const select = h('select', { id: 'beside', class: 'database-select' }, h('option', { value: '' }, 'no other run'))
  for (const other of others) {
    const name = `${new Date(other.startedAt).toLocaleString()} · ${other.label} · ${percent(other.percent)}`
    select.append(h('option', { value: other.id, selected: other.id === against }, name))
  }
  select.addEventListener('change', () => {
    location.hash = select.value === '' ? `#/runs/${run.id}` : `#/runs/${run.id}/${select.value}`
  })
  return h('p', { class: 'run-beside' }, h('label', { for: 'beside' }, 'Beside '), select)
}

function comparison(compared: Comparison | null, id: string): HTMLElement[] {
  if (!compared) return []
  const { before, after, change, broken, fixed, p, n, isSignificant, newlyBroken, newlyFixed } = compared
  const sign = change > 0 ? '+' : ''
  return [
    h(
      'p',
      { class: 'explanation' },
      `${percent(before)} before, ${percent(after)} now, on the ${n} questions of both: ${sign}${change.toFixed(1)} points. `,
      h('strong', {}, isSignificant ? 'A significant change' : 'No significant change'),
      ` (${broken} newly broken, ${fixed} newly fixed, exact McNemar test p = ${p.toFixed(3)}).`,
    ),
    changes('Newly broken', newlyBroken, id),
    changes('Newly fixed', newlyFixed, id),
  ]
}

function changes(title: string, all: ChangedCase[], id: string): HTMLElement {
  const sides = ({ gold, before, after }: ChangedCase) =>
    [
      ['Gold', gold],
      ['Before', before],
      ['Now', after],
    ].map(([name, sql]) => h('div', {}, h('h3', {}, name), sql ? sqlCode(sql) : h('p', { class: 'cut' }, 'No query')))
  return h(
    'details',
    { class: 'table-card' },
    h('summary', {}, h('span', { class: 'table-name' }, title), h('span', { class: 'fold-meta' }, String(all.length))),
    h(
      'ol',
      { class: 'changes' },
      ...all.map((one) =>
        h(
          'li',
          {},
          h('a', { href: `#/runs/${id}/questions/${one.ordinal}`, dir: 'auto' }, one.question),
          h('div', { class: 'sides' }, ...sides(one)),
        ),
      ),
    ),
  )
}

function parts({ hardness, stages, faults, databases }: RunReport): HTMLElement {
  const shares = (rows: { name: string; share: Share }[]) =>
    rows.map(({ name, share }) => [name, String(share.n), percent(share.percent), interval(share)])
  const columns = (name: string) => [{ name }, number('Questions'), number('Right'), number('95 % interval')]
  const stageRows = stages.map(({ stage, right, won, lost }) => [stage, String(right), String(won), String(lost)])
  return h(
    'section',
    { class: 'run-part' },
    ...(hardness.length > 0
      ? [h('h2', {}, 'Hardness'), dataTable('Hardness', columns('Class'), shares(hardness))]
      : []),
    h('h2', {}, 'What each stage gave'),
    dataTable('What each stage gave', [{ name: 'Stage' }, number('Right'), number('Won'), number('Lost')], stageRows),
    h('h2', {}, 'What went wrong'),
    dataTable(
      'What went wrong',
      [{ name: 'Fault' }, number('Questions')],
      faults.map(({ name, n }) => [name, String(n)]),
    ),
    h('h2', {}, 'Databases'),
    dataTable('Databases, worst first', columns('Database'), shares(databases)),
  )
}

function questions(id: string, cases: CaseRow[]): HTMLElement {
  const place = h('div', {})
  const only = h('input', { type: 'checkbox', id: 'only-wrong', checked: true })
  const fill = () => {
    const shown = cases.filter(({ isRight }) => !only.checked || !isRight)
    const rows = shown.map(({ ordinal, question, database, outcome }) => [
      h('a', { href: `#/runs/${id}/questions/${ordinal}` }, question),
      database,
      outcome,
    ])
    place.replaceChildren(
      dataTable('Questions', [{ name: 'Question' }, { name: 'Database' }, { name: 'Outcome' }], rows),
    )
  }
  only.addEventListener('change', fill)
  fill()
  return h(
    'section',
    { class: 'run-part' },
    h('h2', {}, 'Questions'),
    h('p', {}, only, h('label', { for: 'only-wrong' }, ' Only those that are not right')),
    place,
  )
}

function setup(run: RunFacts): HTMLElement {
  return dataTable(
    'How it was measured',
    [{ name: 'What' }, { name: 'Value' }],
    run.setup.map(({ name, value }) => [name, value]),
  )
}

function number(name: string) {
  return { name, number: true }
}
