import { copyText } from './copy-text.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { layOutSql, tokenizeSql } from './sql-tokens.ts'

/** SQL to read: laid out in lines and coloured. */
export function sqlCode(sql: string): HTMLElement {
  const code = h('code', {})
  for (const token of tokenizeSql(layOutSql(sql))) {
    code.append(token.kind === 'plain' ? token.text : h('span', { class: `sql-${token.kind}` }, token.text))
  }
  return h('pre', { class: 'sql', tabindex: '0', 'aria-label': 'SQL', role: 'group' }, code)
}

/** The SQL of an answer with buttons to copy it and to change it and run it again. */
export function sqlPanel(sql: string, runEdited: ((sql: string) => void) | null): HTMLElement {
  const panel = h('div', { class: 'sql-panel' })
  const copy = h('button', { type: 'button', class: 'quiet' }, icon('copy'), 'Copy')
  copy.addEventListener(
    'click',
    () => void copyText(sql).then((done) => confirm(copy, done ? 'Copied' : 'Select and copy')),
  )
  const buttons = h('div', { class: 'sql-buttons' }, copy)
  if (runEdited) {
    const edit = h('button', { type: 'button', class: 'quiet' }, icon('edit'), 'Edit and run')
    edit.addEventListener('click', () => panel.replaceChildren(editor(sql, runEdited, show)))
    buttons.append(edit)
  }
  function show(): void {
    panel.replaceChildren(sqlCode(sql), buttons)
    buttons.querySelector<HTMLElement>('button:last-child')?.focus()
  }
  panel.append(sqlCode(sql), buttons)
  return panel
}

function editor(sql: string, run: (sql: string) => void, close: () => void): HTMLElement {
  const text = h('textarea', {
    class: 'sql-editor',
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    'aria-label': 'SQL to run',
  })
  text.value = layOutSql(sql)
  text.rows = Math.min(16, text.value.split('\n').length + 1)
  const form = h(
    'form',
    { class: 'sql-edit' },
    text,
    h(
      'div',
      { class: 'sql-buttons' },
      h('button', { type: 'submit', class: 'primary small' }, 'Run'),
      h('button', { type: 'button', class: 'quiet', onclick: close }, 'Cancel'),
      h('span', { class: 'hint' }, 'Only reading is possible. Ctrl+Enter runs.'),
    ),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (text.value.trim()) run(text.value)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  })
  requestAnimationFrame(() => text.focus())
  return form
}

/** Shows for two seconds that a button has done its work. */
function confirm(button: HTMLElement, text: string): void {
  const before = [...button.childNodes]
  button.replaceChildren(icon('check'), text)
  setTimeout(() => button.replaceChildren(...before), 2000)
}
