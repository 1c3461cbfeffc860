import { h } from './h.ts'

type Actions = {
  focusQuestion: () => void
  newQuestion: () => void
  databases: () => void
  search: () => void
  escape: () => void
}

const keys = [
  ['/', 'Type a question'],
  ['Enter', 'Ask'],
  ['Shift + Enter', 'New line'],
  ['Esc', 'Stop the question that is being worked on'],
  ['↑', 'In the empty field: the last question again'],
  ['N', 'New question'],
  ['D', 'Databases'],
  ['H', 'Search earlier questions; ↓ and ↑ move among them'],
  ['Ctrl + Enter', 'Run edited SQL'],
  ['?', 'This list'],
] as const

/** Listens for the page's keys, which work wherever nobody is typing. */
export function listenForShortcuts(actions: Actions): void {
  const byKey: Record<string, () => void> = {
    '/': actions.focusQuestion,
    n: actions.newQuestion,
    d: actions.databases,
    h: actions.search,
    '?': showShortcuts,
  }
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if (event.key === 'Escape') return actions.escape()
    if (!areSingleKeysOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const action = byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!action) return
    event.preventDefault()
    action()
  })
}

const SAVED = 'rowbot-single-keys'

/** Who dictates, or strikes keys by accident, can turn the keys that are a single character off. */
function areSingleKeysOn(): boolean {
  return localStorage.getItem(SAVED) !== 'off'
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

/** The list of keys, and a switch for those that are a single character. */
export function showShortcuts(): void {
  const single = h('input', { type: 'checkbox', checked: areSingleKeysOn() })
  single.addEventListener('change', () => localStorage.setItem(SAVED, single.checked ? 'on' : 'off'))
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'keys-title' },
    h(
      'form',
      { method: 'dialog' },
      h('h2', { id: 'keys-title' }, 'Keyboard'),
      h('dl', { class: 'keys' }, ...keys.flatMap(([key, text]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, text)])),
      h('label', { class: 'check' }, single, 'Single keys (/ N D H ?) work'),
      h('div', { class: 'dialog-buttons' }, h('button', { class: 'primary' }, 'Close')),
    ),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
