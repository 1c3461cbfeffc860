import type { PreviewPart } from '../../reply/preview.ts'
import { call } from './api.ts'
import { figureOf } from './chart-view.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { problemView } from './problem-view.ts'

type Preview = { name: string; parts: PreviewPart[] }

/** The reply as the chats would show it, fetched once somebody opens it. */
export function previewFold(questionId: string): HTMLElement {
  const place = h('div', { class: 'previews' })
  const fold = h('details', { class: 'fold' }, h('summary', {}, icon('info'), 'As chats show it'), place)
  fold.addEventListener('toggle', () => {
    if (fold.open && place.childElementCount === 0) void load()
  })
  async function load(): Promise<void> {
    place.replaceChildren(h('p', { class: 'loading' }, 'Loading …'))
    try {
      const { previews } = await call<{ previews: Preview[] }>(`/api/questions/${questionId}/previews`)
      place.replaceChildren(...previews.map((preview) => previewView(preview, questionId)))
    } catch (error) {
      place.replaceChildren(problemView(error, () => void load()))
    }
  }
  return fold
}

function previewView({ name, parts }: Preview, questionId: string): HTMLElement {
  return h(
    'section',
    { class: `preview ${name.toLowerCase()}`, 'aria-label': `In ${name}` },
    h('p', { class: 'preview-head' }, h('strong', {}, 'Rowbot'), h('span', { class: 'badge' }, 'App'), ` in ${name}`),
    ...parts.map((part) => partView(part, questionId)),
  )
}

function partView(part: PreviewPart, questionId: string): HTMLElement {
  switch (part.kind) {
    case 'text':
      return part.style === 'code'
        ? h('pre', { class: 'sql', tabindex: '0', dir: 'auto' }, part.text)
        : h('p', { class: `preview-text ${part.style}`, dir: 'auto' }, part.text)
    case 'table':
      return tableView(part)
    case 'chart':
      return figureOf(part.alt, (query) => `/api/questions/${questionId}/chart.svg?${query}`)
    case 'buttons':
      return h(
        'ul',
        { class: 'chips', 'aria-label': 'Buttons' },
        ...part.labels.map((label) => h('li', { class: 'preview-button', dir: 'auto' }, label)),
      )
    case 'folded':
      return h(
        'details',
        {},
        h('summary', { dir: 'auto' }, part.title),
        ...part.parts.map((one) => partView(one, questionId)),
      )
  }
}

function tableView({ columns, rows }: Extract<PreviewPart, { kind: 'table' }>): HTMLElement {
  return h(
    'div',
    { class: 'table-scroll', role: 'group', tabindex: '0', 'aria-label': 'Table' },
    h(
      'table',
      { class: 'columns' },
      h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col', dir: 'auto' }, name)))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((text) => h('td', { dir: 'auto' }, text))))),
    ),
  )
}
