import type { Overview } from '../../desk/administration.ts'
import { announce } from './announce.ts'
import { call } from './api.ts'
import { dataTable } from './data-table.ts'
import { byId, h } from './h.ts'
import { icon } from './icon.ts'
import { problemView } from './problem-view.ts'
import { openPage } from './runs-view.ts'

/** The chats of this installation: queue, limits and the audit log. */
export async function showAdministration(): Promise<void> {
  openPage('Administration')
  try {
    const overview = await call<Overview>('/api/administration')
    byId('view').replaceChildren(
      h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Administration')),
      limits(overview),
      auditLog(overview),
    )
    byId('view').querySelector('h1')?.focus()
  } catch (error) {
    byId('view').replaceChildren(problemView(error, () => void showAdministration()))
  }
}

function limits({ queue, workspaces }: Overview): HTMLElement {
  const { waiting, running, toSend } = queue
  const nobody = h(
    'p',
    { class: 'explanation' },
    'No chat has been used yet. ',
    h('code', {}, 'rowbot install slack'),
    ' and ',
    h('code', {}, 'rowbot install discord'),
    ' say how to connect one.',
  )
  return h(
    'section',
    { class: 'run-part' },
    h('h2', {}, 'Chats'),
    h(
      'p',
      { class: 'explanation' },
      `Questions waiting: ${waiting}; being worked on: ${running}; answers to be sent: ${toSend}. Which databases may be asked where stands on the page of each database.`,
    ),
    ...(workspaces.length === 0 ? [nobody] : workspaces.flatMap(workspaceLimits)),
  )
}

function workspaceLimits({ id, name, quotas }: Overview['workspaces'][number]): HTMLElement[] {
  const of = (scope: 'person' | 'channel') => quotas.find((quota) => quota.scope === scope)
  return [
    h('h3', { dir: 'auto' }, name || id),
    limitForm(id, 'person', of('person')),
    limitForm(id, 'channel', of('channel')),
  ]
}

type Limit = Overview['workspaces'][number]['quotas'][number]

function limitForm(workspace: string, scope: Limit['scope'], now: Limit | undefined): HTMLElement {
  const label = `Questions a day for each ${scope} of ${workspace}`
  const perDay = h('input', { type: 'number', min: '1', max: '1000000', placeholder: 'no limit', 'aria-label': label })
  perDay.value = now ? String(now.perDay) : ''
  const message = h('input', {
    maxlength: '300',
    dir: 'auto',
    placeholder: 'Ask Ben for more',
    'aria-label': `What is said once a ${scope} of ${workspace} has used them up`,
  })
  message.value = now?.message ?? ''
  const said = h('div', {})
  const form = h(
    'form',
    { class: 'pick-row limit' },
    h('span', {}, `Each ${scope} a day`),
    perDay,
    message,
    h('button', { class: 'quiet' }, 'Save'),
    said,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void save()
  })
  async function save(): Promise<void> {
    const body = { workspace, scope, perDay: perDay.value === '' ? null : Number(perDay.value), message: message.value }
    try {
      await call('/api/administration/quota', { method: 'PUT', body })
      said.replaceChildren(h('span', { class: 'cut' }, 'Saved'))
      announce('Saved')
    } catch (error) {
      said.replaceChildren(problemView(error))
    }
  }
  return form
}

function auditLog({ audit }: Overview): HTMLElement {
  const rows = audit.map((entry) => [
    new Date(entry.at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
    entry.name ?? entry.personId,
    entry.action,
    entry.database,
    entry.rowCount === null ? '' : entry.rowCount.toLocaleString(),
    entry.channel,
    entry.sql === '' ? '' : h('code', { class: 'audit-sql' }, entry.sql),
  ])
  const columns = [
    { name: 'When' },
    { name: 'Who' },
    { name: 'What' },
    { name: 'Database' },
    { name: 'Rows', number: true },
    { name: 'Where' },
    { name: 'SQL' },
  ]
  return h(
    'section',
    { class: 'run-part' },
    h('h2', {}, 'Audit log'),
    h(
      'p',
      { class: 'explanation' },
      rows.length === 0 ? 'Nothing has been done yet. ' : 'The last doings, newest first. ',
      h(
        'a',
        { class: 'quiet', href: '/api/administration/audit.csv?days=30', download: '' },
        icon('download'),
        'CSV of 30 days',
      ),
    ),
    rows.length > 0 && dataTable('Audit log', columns, rows),
  )
}
