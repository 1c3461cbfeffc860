import type { DatabaseSummary } from '../../conversation/conversation.ts'
import { byId, h } from './h.ts'
import { icon } from './icon.ts'

/** All databases as a list, each with a link to what is in it. */
export function showDatabases(databases: DatabaseSummary[], addDatabase: () => void): void {
  byId('main').className = 'page'
  document.title = 'Databases – Rowbot'
  byId('composer-place').hidden = true
  byId('below').replaceChildren()
  byId('view').replaceChildren(
    h(
      'div',
      { class: 'page-head' },
      h('h1', { tabindex: '-1' }, 'Databases'),
      h('button', { type: 'button', class: 'primary', onclick: addDatabase }, icon('plus'), 'Add a database'),
    ),
    databases.length === 0
      ? h(
          'p',
          { class: 'explanation' },
          'There is none yet. Drop a .sqlite, .db, .csv, .tsv or .sql file anywhere on this page.',
        )
      : h('ul', { class: 'cards' }, ...databases.map(card)),
  )
}

function card(database: DatabaseSummary): HTMLElement {
  return h(
    'li',
    {},
    h(
      'a',
      { class: 'card', href: `#/databases/${encodeURIComponent(database.id)}` },
      h('h2', { dir: 'auto' }, icon('database'), database.name, sourceBadge(database)),
      database.description && h('p', { dir: 'auto' }, database.description),
      h('p', { class: 'source' }, `${tableCount(database)} · ${database.dataAge}`),
    ),
  )
}

/** “1 table”, “6 tables”. */
export function tableCount({ tableCount: count }: DatabaseSummary): string {
  return `${count.toLocaleString()} ${count === 1 ? 'table' : 'tables'}`
}

/** Says where a database comes from, where that is worth saying. */
export function sourceBadge({ source }: DatabaseSummary): HTMLElement | null {
  if (source === 'upload') return null
  return h('span', { class: 'badge' }, source === 'sample' ? 'Sample' : 'Read in place')
}
