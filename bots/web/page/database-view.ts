import type { ColumnView, DatabaseSummary, DatabaseView, TableView } from '../../conversation/conversation.ts'
import type { ReplyTable } from '../../reply/reply.ts'
import { call } from './api.ts'
import { askToConfirm } from './confirm-dialog.ts'
import { sourceBadge, tableCount } from './databases-view.ts'
import { byId, h } from './h.ts'
import { icon } from './icon.ts'
import { problemView } from './problem-view.ts'
import { resultTable } from './result-table.ts'
import { rulesView } from './rules-view.ts'
import { warningList } from './warning-list.ts'

type Handlers = {
  askAbout: (database: DatabaseSummary) => void
  replace: (database: DatabaseSummary) => void
  removed: (database: DatabaseSummary) => void
}

const openAtFirst = 3
const filterFrom = 9

/** What a database holds: its tables, columns, keys and some rows of each. */
export async function showDatabase(id: string, handlers: Handlers): Promise<void> {
  byId('main').className = 'page'
  byId('composer-place').hidden = true
  byId('below').replaceChildren()
  const view = byId('view')
  view.replaceChildren(h('p', { class: 'loading' }, 'Loading …'))
  try {
    const database = await call<DatabaseView>(`/api/databases/${encodeURIComponent(id)}`)
    view.replaceChildren(
      head(database, handlers),
      ...(database.warnings.length > 0 ? [warningList(database.warnings)] : []),
      rulesView(database.id),
      tables(database),
    )
    document.title = `${database.name} – Rowbot`
    view.querySelector('h1')?.focus()
  } catch (error) {
    view.replaceChildren(problemView(error, () => void showDatabase(id, handlers)))
  }
}

function head(database: DatabaseView, handlers: Handlers): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    h(
      'div',
      {},
      h('p', { class: 'crumb' }, h('a', { href: '#/databases' }, 'Databases')),
      h('h1', { tabindex: '-1', dir: 'auto' }, database.name, sourceBadge(database)),
      database.description && h('p', { class: 'explanation', dir: 'auto' }, database.description),
      h('p', { class: 'source' }, `${tableCount(database)} · ${database.dataAge}`),
    ),
    h(
      'div',
      { class: 'page-actions' },
      h('button', { type: 'button', class: 'primary', onclick: () => handlers.askAbout(database) }, 'Ask about it'),
      database.source === 'upload' &&
        h(
          'button',
          { type: 'button', class: 'quiet', onclick: () => handlers.replace(database) },
          icon('refresh'),
          'New data',
        ),
      h(
        'button',
        { type: 'button', class: 'quiet', onclick: () => void remove(database, handlers) },
        icon('trash'),
        'Remove',
      ),
    ),
  )
}

async function remove(database: DatabaseView, handlers: Handlers): Promise<void> {
  const isSure = await askToConfirm({
    title: `Remove ${database.name}?`,
    text:
      database.source === 'path'
        ? 'Rowbot forgets this database and its earlier questions. The file itself stays where it is.'
        : 'Rowbot deletes its copy of this database and its earlier questions. This cannot be undone.',
    action: 'Remove',
  })
  if (!isSure) return
  try {
    await call(`/api/databases/${encodeURIComponent(database.id)}`, { method: 'DELETE' })
    handlers.removed(database)
  } catch (error) {
    byId('view').prepend(problemView(error))
  }
}

function tables(database: DatabaseView): HTMLElement {
  const sections = database.tables.map((table) => ({
    table,
    element: tableSection(database.id, table, database.tables.length <= openAtFirst),
  }))
  const filter = h('input', {
    type: 'search',
    placeholder: 'Find a table or column',
    'aria-label': 'Find a table or column',
    class: 'table-filter',
  })
  filter.hidden = database.tables.length < filterFrom
  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase()
    for (const { table, element } of sections) {
      element.hidden = ![table.name, ...table.columns.map((column) => column.name)].some((name) =>
        name.toLowerCase().includes(wanted),
      )
    }
  })
  return h('div', { class: 'tables' }, filter, ...sections.map(({ element }) => element))
}

function tableSection(databaseId: string, table: TableView, isOpen: boolean): HTMLElement {
  const rows =
    table.rowCount === null
      ? 'rows not counted'
      : `${table.rowCount.toLocaleString()} ${table.rowCount === 1 ? 'row' : 'rows'}`
  const details = h(
    'details',
    { class: 'table-card', open: isOpen },
    h(
      'summary',
      {},
      h('span', { class: 'table-name', dir: 'auto' }, table.name),
      table.kind === 'view' && h('span', { class: 'badge' }, 'View'),
      h('span', { class: 'fold-meta' }, `${rows} · ${table.columns.length} columns`),
    ),
  )
  const fill = () => {
    if (details.open && details.childElementCount === 1) details.append(...tableBody(databaseId, table))
  }
  // Filled when opened: three hundred tables of forty columns would take the page a second.
  details.addEventListener('toggle', fill)
  fill()
  return details
}

function tableBody(databaseId: string, table: TableView): (HTMLElement | string)[] {
  const place = h('div', { class: 'sample' })
  const button = h('button', { type: 'button', class: 'quiet' }, icon('table'), 'Show some rows')
  button.addEventListener('click', () => void showRows(databaseId, table.name, place))
  place.append(button)
  return [
    table.comment ? h('p', { class: 'explanation', dir: 'auto' }, table.comment) : '',
    h(
      'div',
      { class: 'table-scroll', role: 'group', tabindex: '0', 'aria-label': `Columns of ${table.name}` },
      h(
        'table',
        { class: 'columns' },
        h('caption', { class: 'visually-hidden' }, `Columns of ${table.name}`),
        h('thead', {}, h('tr', {}, ...['Column', 'Type', 'About'].map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, ...table.columns.map(columnRow)),
      ),
    ),
    place,
  ]
}

function columnRow(column: ColumnView): HTMLElement {
  const { references } = column
  return h(
    'tr',
    {},
    h('th', { scope: 'row', dir: 'auto' }, column.name),
    h('td', { class: 'type' }, column.type || 'any'),
    h(
      'td',
      {},
      column.primaryKey && h('span', { class: 'badge key' }, icon('key'), 'Key'),
      column.unique && !column.primaryKey && h('span', { class: 'badge' }, 'Unique'),
      references &&
        h(
          'span',
          { class: 'reference' },
          `→ ${references.table}.${references.column}${references.guessed ? ' (guessed)' : ''}`,
        ),
      column.comment && h('span', { dir: 'auto' }, column.comment),
    ),
  )
}

async function showRows(databaseId: string, table: string, place: HTMLElement): Promise<void> {
  place.replaceChildren(h('p', { class: 'loading' }, 'Loading …'))
  try {
    const query = new URLSearchParams({ table })
    const rows = await call<ReplyTable>(`/api/databases/${encodeURIComponent(databaseId)}/rows?${query}`)
    place.replaceChildren(rows.rows.length === 0 ? h('p', { class: 'cut' }, 'This table is empty.') : resultTable(rows))
    place.querySelector<HTMLElement>('[tabindex]')?.focus()
  } catch (error) {
    place.replaceChildren(problemView(error, () => void showRows(databaseId, table, place)))
  }
}
