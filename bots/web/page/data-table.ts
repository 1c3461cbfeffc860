import { h } from './h.ts'

export type DataColumn = { name: string; number?: boolean }

/** A table of figures with texts or links in its cells; the first cell of a row is its heading. */
export function dataTable(caption: string, columns: DataColumn[], rows: (Node | string)[][]): HTMLElement {
  const kind = (at: number) => (columns[at]?.number ? 'number' : null)
  return h(
    'div',
    { class: 'table-scroll', role: 'group', tabindex: '0', 'aria-label': caption },
    h(
      'table',
      { class: 'columns' },
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', {}, h('tr', {}, ...columns.map(({ name }, at) => h('th', { scope: 'col', class: kind(at) }, name)))),
      h(
        'tbody',
        {},
        ...rows.map((cells) =>
          h(
            'tr',
            {},
            ...cells.map((cell, at) =>
              at === 0 ? h('th', { scope: 'row', dir: 'auto' }, cell) : h('td', { class: kind(at), dir: 'auto' }, cell),
            ),
          ),
        ),
      ),
    ),
  )
}
