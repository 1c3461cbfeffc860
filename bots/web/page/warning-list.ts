import { h } from './h.ts'
import { icon } from './icon.ts'

/** What could not be read, was changed or kept back, in words. */
export function warningList(texts: string[]): HTMLElement {
  return h('ul', { class: 'notes' }, ...texts.map((text) => h('li', { dir: 'auto' }, icon('warning'), text)))
}
