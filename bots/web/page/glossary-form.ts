import type { DatabaseAdministration } from '../../desk/administration.ts'
import { dataTable } from './data-table.ts'
import { h } from './h.ts'
import { rowButton } from './row-button.ts'

type Entry = DatabaseAdministration['glossary'][number]
type Handlers = {
  /** `before` is the word as it was, where one is changed. */
  save: (entry: Entry, before: string | null) => void
  remove: (term: string) => void
}

/** What words mean in a database: a list, and a form to define one or to change it. */
export function glossaryForm(entries: Entry[], { save, remove }: Handlers): HTMLElement[] {
  let before: string | null = null
  const term = h('input', {
    maxlength: '60',
    required: true,
    dir: 'auto',
    placeholder: 'revenue',
    'aria-label': 'Word or words',
  })
  const meaning = h('input', {
    maxlength: '300',
    required: true,
    dir: 'auto',
    placeholder: 'net of returns',
    'aria-label': 'What it means',
  })
  const submit = h('button', { class: 'primary small' }, 'Define')
  const form = h('form', { class: 'pick-row' }, term, meaning, submit)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    save({ term: term.value, meaning: meaning.value }, before)
  })

  function change(entry: Entry): void {
    before = entry.term
    term.value = entry.term
    meaning.value = entry.meaning
    submit.textContent = 'Save'
    meaning.focus()
  }

  const rows = entries.map((entry) => [
    entry.term,
    entry.meaning,
    h(
      'div',
      { class: 'row-buttons' },
      rowButton('Change', entry.term, () => change(entry)),
      rowButton('Remove', entry.term, () => remove(entry.term)),
    ),
  ])
  const list = dataTable('Words', [{ name: 'Word' }, { name: 'Means' }, { name: 'Change' }], rows)
  const hint = 'Definitions go into the prompts of the questions that use the word, and show in the answer.'
  return [h('p', { class: 'explanation' }, hint), ...(entries.length > 0 ? [list] : []), form]
}
