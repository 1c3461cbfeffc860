import { asProblem, Problem } from './api.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'

/** What went wrong and what to do next, read out at once. */
export function problemView(error: unknown, retry?: () => void): HTMLElement {
  const { message, advice } = error instanceof Problem ? error : asProblem(error)
  return h(
    'div',
    { class: 'problem', role: 'alert' },
    icon('warning'),
    h(
      'div',
      {},
      h('p', { class: 'problem-message', dir: 'auto' }, message),
      h('p', { dir: 'auto' }, advice),
      retry && h('button', { type: 'button', class: 'quiet', onclick: retry }, icon('refresh'), 'Try again'),
    ),
  )
}
