import type { DatabaseSummary } from '../../conversation/conversation.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'

export type Composer = {
  element: HTMLElement
  focus: () => void
  fill: (text: string) => void
  /** The databases to choose among; keeps what is chosen where it still exists. */
  setDatabases: (databases: DatabaseSummary[]) => void
  /** Id of the chosen database; null for all. */
  database: () => string | null
  chooseDatabase: (id: string) => void
  /** Shows which question the next one follows up; null for a fresh one. */
  setFollowed: (followed: { id: string; text: string } | null) => void
}

type Handlers = { ask: (text: string, follows: string | undefined) => void; add: () => void; chosen: () => void }

function followUpHint(): string {
  const isWide = matchMedia('(min-width: 600px)').matches
  return isWide ? 'Ask a follow-up, like “only in France” or “as a bar chart”' : 'Ask a follow-up'
}

const rememberedKey = 'rowbot-database'
const addValue = '+add'

/** The form in which questions are typed. */
export function createComposer(handlers: Handlers): Composer {
  let followed: { id: string; text: string } | null = null
  let last = ''
  const text = h('textarea', {
    id: 'question-text',
    rows: '1',
    maxlength: '20000',
    enterkeyhint: 'send',
    autocomplete: 'off',
    'aria-label': 'Your question',
    dir: 'auto',
  })
  const select = h('select', { 'aria-label': 'Database', class: 'database-select' })
  const send = h('button', { type: 'submit', class: 'send', 'aria-label': 'Ask', title: 'Ask (Enter)' }, icon('send'))
  const follow = h('div', { class: 'followed', hidden: true })
  const element = h(
    'form',
    { class: 'composer', 'aria-label': 'Ask a question' },
    follow,
    text,
    h('div', { class: 'composer-row' }, h('span', { class: 'select-wrap' }, icon('database'), select), send),
  )

  function grow(): void {
    text.style.height = 'auto'
    text.style.height = `${Math.min(text.scrollHeight, 220)}px`
    send.disabled = text.value.trim() === ''
  }

  function submit(): void {
    const question = text.value.trim()
    if (question === '') return
    last = question
    handlers.ask(question, followed?.id)
    text.value = ''
    grow()
    // A phone's keyboard would cover the answer.
    if (matchMedia('(pointer: coarse)').matches) text.blur()
  }

  function setFollowed(next: typeof followed): void {
    followed = next
    follow.hidden = next === null
    text.placeholder = next ? followUpHint() : 'Ask a question'
    if (!next) return
    const drop = h(
      'button',
      { type: 'button', class: 'icon-button small', 'aria-label': 'Ask a new question instead', onclick: detach },
      icon('cross'),
    )
    follow.replaceChildren(h('span', { class: 'followed-text', dir: 'auto' }, `Follow-up to “${next.text}”`), drop)
  }

  function detach(): void {
    setFollowed(null)
    text.focus()
  }

  element.addEventListener('submit', (event) => {
    event.preventDefault()
    submit()
  })
  text.addEventListener('input', grow)
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      submit()
    } else if (event.key === 'ArrowUp' && text.value === '' && last) {
      event.preventDefault()
      fill(last)
    }
  })
  select.addEventListener('change', () => {
    if (select.value === addValue) {
      select.value = localStorage.getItem(rememberedKey) ?? ''
      handlers.add()
      return
    }
    localStorage.setItem(rememberedKey, select.value)
    setFollowed(null)
    handlers.chosen()
  })

  function fill(question: string): void {
    text.value = question
    grow()
    text.focus()
    text.setSelectionRange(question.length, question.length)
  }

  function setDatabases(databases: DatabaseSummary[]): void {
    const wanted = localStorage.getItem(rememberedKey) ?? select.value
    select.replaceChildren(
      ...(databases.length > 1 ? [h('option', { value: '' }, 'All databases')] : []),
      ...databases.map(({ id, name }) => h('option', { value: id }, name)),
      h('option', { value: addValue }, 'Add a database …'),
    )
    const [first] = databases
    select.value =
      databases.some(({ id }) => id === wanted) || (wanted === '' && databases.length > 1) ? wanted : (first?.id ?? '')
  }

  setFollowed(null)
  // Sizes are known once the form stands on the page.
  requestAnimationFrame(grow)
  return {
    element,
    focus: () => text.focus(),
    fill,
    setDatabases,
    database: () => (select.value === '' || select.value === addValue ? null : select.value),
    chooseDatabase: (id) => {
      localStorage.setItem(rememberedKey, id)
      select.value = id
    },
    setFollowed,
  }
}
