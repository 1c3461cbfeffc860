import { h } from './h.ts'

/** Asks before something that cannot be undone. */
export function askToConfirm({
  title,
  text,
  action,
}: {
  title: string
  text: string
  action: string
}): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'confirm-title' },
      h(
        'form',
        { method: 'dialog' },
        h('h2', { id: 'confirm-title', dir: 'auto' }, title),
        h('p', {}, text),
        h(
          'div',
          { class: 'dialog-buttons' },
          h('button', { value: 'no', class: 'quiet' }, 'Cancel'),
          h('button', { value: 'yes', class: 'danger' }, action),
        ),
      ),
    )
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}
