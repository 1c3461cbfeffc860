import { announce } from './announce.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { newId } from './new-id.ts'

type Named = { id: string; name: string }

type Wanted = {
  label: string
  /** What to type, for somebody who has never seen such an id. */
  example: string
  chosen: string[]
  /** What is known and can be chosen; anything else is typed. */
  known: Named[]
}

/** Several ids to choose: those that are chosen, each with a way to take it off, and a field to add one. */
export function createPickList({ label, example, chosen, known }: Wanted): {
  element: HTMLElement
  values: () => string[]
} {
  const listId = newId()
  const picked = new Set(chosen)
  const chips = h('ul', { class: 'chips', 'aria-label': label })
  const field = h('input', {
    list: listId,
    placeholder: example,
    'aria-label': `Add to: ${label}`,
    autocomplete: 'off',
  })
  const nameOf = (id: string) => known.find((one) => one.id === id)?.name || id

  function show(): void {
    const none = h('li', { class: 'cut' }, 'None')
    chips.replaceChildren(...(picked.size > 0 ? [...picked].map(chip) : [none]))
  }

  function chip(id: string): HTMLElement {
    const remove = h('button', {
      type: 'button',
      class: 'icon-button small',
      'aria-label': `Take off ${nameOf(id)}`,
      onclick: () => {
        picked.delete(id)
        show()
        announce(`${nameOf(id)} is taken off`)
        field.focus()
      },
    })
    remove.append(icon('cross'))
    return h('li', { class: 'picked', title: id }, h('span', { dir: 'auto' }, nameOf(id)), remove)
  }

  function add(): void {
    const typed = field.value.trim()
    if (typed === '') return
    picked.add(known.find(({ name }) => name !== '' && name === typed)?.id ?? typed)
    field.value = ''
    show()
    announce(`${nameOf(typed)} is added`)
  }

  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  })
  show()
  const element = h(
    'fieldset',
    { class: 'pick-list' },
    h('legend', {}, label),
    chips,
    h(
      'div',
      { class: 'pick-row' },
      field,
      h('button', { type: 'button', class: 'quiet', onclick: add }, icon('plus'), 'Add'),
    ),
    h('datalist', { id: listId }, ...known.map(({ id, name }) => h('option', { value: id }, name))),
  )
  return {
    element,
    values: () => {
      // What is typed and not added yet is meant as well.
      add()
      return [...picked]
    },
  }
}
