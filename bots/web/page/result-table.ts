import type { ReplyCell, ReplyTable } from '../../reply/reply.ts'
import { announce } from './announce.ts'
import { h } from './h.ts'

const firstRows = 50

/** A table whose columns sort when their headings are pressed. Long ones show their first rows until all are asked for. */
export function resultTable(table: ReplyTable): HTMLElement {
  const body = h('tbody', {})
  let sorted: { column: number; isDown: boolean } | null = null
  let isWhole = table.rows.length <= firstRows

  const headings = table.columns.map((column, at) =>
    h(
      'th',
      { scope: 'col', class: column.align === 'right' ? 'number' : null },
      h(
        'button',
        { type: 'button', class: 'sort', onclick: () => sortBy(at) },
        h('span', { dir: 'auto' }, column.name),
      ),
    ),
  )
  const more = h(
    'button',
    { type: 'button', class: 'quiet more-rows', onclick: showAll },
    `Show all ${table.rows.length.toLocaleString()} rows`,
  )

  const cut = h('p', { class: 'cut', hidden: table.cut === null }, table.cut)

  function sortBy(column: number): void {
    // The first press puts numbers' largest first, since that is what one looks for, and texts from A.
    const first = table.columns[column]?.align === 'right'
    sorted = { column, isDown: sorted?.column === column ? !sorted.isDown : first }
    for (const [at, heading] of headings.entries()) {
      if (at === column) heading.setAttribute('aria-sort', sorted.isDown ? 'descending' : 'ascending')
      else heading.removeAttribute('aria-sort')
    }
    fill()
    if (table.cut) cut.textContent = `${table.cut} Sorted among the rows shown.`
    announce(`Sorted by ${table.columns[column]?.name}, ${sorted.isDown ? 'descending' : 'ascending'}`)
  }

  function showAll(): void {
    isWhole = true
    fill()
    region.focus()
  }

  function fill(): void {
    const rows = sorted ? sortRows(table.rows, sorted) : table.rows
    body.replaceChildren(...(isWhole ? rows : rows.slice(0, firstRows)).map((row) => tableRow(row, table)))
    more.hidden = isWhole
  }

  const region = h(
    'div',
    { class: 'table-scroll', role: 'group', tabindex: '0', 'aria-label': `Table: ${table.caption}` },
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, table.caption),
      h('thead', {}, h('tr', {}, ...headings)),
      body,
    ),
  )
  fill()
  return h('div', { class: 'result-table' }, region, more, cut)
}

function tableRow(row: ReplyCell[], table: ReplyTable): HTMLElement {
  return h(
    'tr',
    {},
    ...row.map((cell, at) =>
      h(
        'td',
        { class: table.columns[at]?.align === 'right' ? 'number' : null, dir: 'auto' },
        cell.sort === null ? h('span', { class: 'empty' }, 'empty') : cell.text,
      ),
    ),
  )
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Empty cells come last both ways. */
function sortRows(rows: ReplyCell[][], { column, isDown }: { column: number; isDown: boolean }): ReplyCell[][] {
  const sign = isDown ? -1 : 1
  return rows.toSorted((one, other) => {
    const [a, b] = [one[column]?.sort ?? null, other[column]?.sort ?? null]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * collator.compare(String(a), String(b))
  })
}
