import type { DatabaseSummary, TakenIn } from '../../conversation/conversation.ts'
import { announce } from './announce.ts'
import { call, sendFile } from './api.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { problemView } from './problem-view.ts'
import { warningList } from './warning-list.ts'

const acceptedTypes = '.sqlite,.sqlite3,.db,.db3,.s3db,.csv,.tsv,.tab,.txt,.sql,.dump'

type Wanted = { files: File[]; replaces?: DatabaseSummary; done: (database: DatabaseSummary) => void }

/** The form for a new database, or for new data of one: files, name, description; then how far it is. */
export function openUploadDialog({ files, replaces, done }: Wanted): void {
  let chosen = files
  const abort = new AbortController()
  const picker = h('input', {
    type: 'file',
    id: 'upload-files',
    accept: acceptedTypes,
    multiple: true,
    class: 'visually-hidden',
    onchange: () => choose([...(picker.files ?? [])]),
  })
  const list = h('ul', { class: 'upload-list' })
  const name = h('input', { id: 'upload-name', required: true, maxlength: '200', autocomplete: 'off', dir: 'auto' })
  const description = h('textarea', { id: 'upload-description', rows: '2', maxlength: '2000', dir: 'auto' })
  const status = h('div', { class: 'upload-status' })
  const submit = h('button', { type: 'submit', class: 'primary' }, replaces ? 'Replace the data' : 'Add database')
  const fields = h(
    'fieldset',
    {},
    h(
      'label',
      { class: 'file-zone', for: 'upload-files' },
      icon('plus'),
      h('span', {}, 'Choose or drop files'),
      h('small', {}, 'SQLite, CSV, TSV or a SQLite SQL dump. Several CSV files become one database.'),
    ),
    picker,
    list,
    ...(replaces
      ? []
      : [
          h('label', { for: 'upload-name' }, 'Name'),
          name,
          h(
            'label',
            { for: 'upload-description' },
            'What is in it ',
            h('small', {}, '(optional; helps to choose the right database)'),
          ),
          description,
        ]),
  )
  const form = h(
    'form',
    {},
    h('h2', { id: 'upload-title', dir: 'auto' }, replaces ? `New data for ${replaces.name}` : 'Add a database'),
    fields,
    status,
    h(
      'div',
      { class: 'dialog-buttons' },
      h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel'),
      submit,
    ),
  )
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'upload-title' }, form)

  function choose(added: File[]): void {
    if (added.length > 0) chosen = added
    list.replaceChildren(
      ...chosen.map((file) => h('li', { dir: 'auto' }, `${file.name} `, h('small', {}, size(file.size)))),
    )
    list.hidden = chosen.length === 0
    submit.disabled = chosen.length === 0
    const [first] = chosen
    if (first && name.value === '')
      name.value = first.name
        .replace(/\.[^.]+$/, '')
        .replace(/[_-]+/g, ' ')
        .trim()
  }

  async function upload(): Promise<void> {
    lock(true)
    const bar = h('progress', { max: '1', value: '0', 'aria-label': 'Upload' })
    const text = h('p', {}, 'Uploading …')
    status.replaceChildren(text, bar)
    announce('Uploading')
    try {
      const uploads = await send(bar)
      bar.removeAttribute('value')
      text.textContent = 'Checking and reading it …'
      announce('Checking and reading it')
      const database = await register(uploads)
      if (database.warnings.length > 0) return showWarnings(database)
      dialog.close()
      done(database)
    } catch (error) {
      if (abort.signal.aborted) return
      status.replaceChildren(problemView(error))
      lock(false)
    }
  }

  /** What was changed or kept back on the way is to be read before the database is asked. */
  function showWarnings(database: TakenIn): void {
    const goOn = h('button', { type: 'button', class: 'primary' }, 'Go on')
    goOn.addEventListener('click', () => dialog.close())
    dialog.addEventListener('close', () => done(database))
    form.replaceChildren(
      h('h2', { id: 'upload-title', dir: 'auto' }, `${database.name} is ready`),
      warningList(database.warnings),
      h('div', { class: 'dialog-buttons' }, goOn),
    )
    goOn.focus()
  }

  async function send(bar: HTMLProgressElement): Promise<string[]> {
    const uploads: string[] = []
    for (const [at, file] of chosen.entries()) {
      const show = (share: number) => {
        bar.value = (at + share) / chosen.length
      }
      uploads.push((await sendFile(file, show, abort.signal)).id)
    }
    return uploads
  }

  function register(uploads: string[]): Promise<TakenIn> {
    if (replaces) {
      const address = `/api/databases/${encodeURIComponent(replaces.id)}/data`
      return call(address, { method: 'PUT', body: { uploads }, signal: abort.signal })
    }
    const body = { uploads, name: name.value.trim(), description: description.value.trim() }
    return call('/api/databases', { method: 'POST', body, signal: abort.signal })
  }

  function lock(isLocked: boolean): void {
    fields.disabled = isLocked
    submit.disabled = isLocked
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (chosen.length > 0) void upload()
  })
  dialog.addEventListener('drop', (event) => {
    event.preventDefault()
    event.stopPropagation()
    if (!fields.disabled) choose([...(event.dataTransfer?.files ?? [])])
  })
  dialog.addEventListener('close', () => {
    abort.abort()
    dialog.remove()
  })
  choose([])
  document.body.append(dialog)
  dialog.showModal()
}

function size(bytes: number): string {
  if (bytes < 1024 ** 2) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString()} KB`
  return `${(bytes / 1024 ** 2).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`
}
