import { h } from './h.ts'

/** A small button in a row of a table; listeners hear which row it is of. */
export function rowButton(name: string, about: string, onclick: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'quiet', 'aria-label': `${name} ${about}`, onclick }, name)
}
