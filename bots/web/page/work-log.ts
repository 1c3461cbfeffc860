import type { LiveUpdate } from '../live-questions.ts'
import { announce } from './announce.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { tokenizeSql } from './sql-tokens.ts'

export type WorkLog = {
  element: HTMLElement
  update: (update: LiveUpdate) => void
  connection: (isUp: boolean) => void
}

/** The work on a question as it goes on: one line per step, the SQL as it is written. */
export function createWorkLog(): WorkLog {
  const list = h('ol', { class: 'steps', 'aria-label': 'Progress' })
  const lost = h(
    'p',
    { class: 'cut', hidden: true },
    'The connection was lost. The question goes on; connecting again …',
  )
  let open: { line: HTMLElement; text: HTMLElement } | null = null
  let writing: { attempt: number; sql: string; code: HTMLElement } | null = null

  function step(text: string): HTMLElement {
    settle(true)
    const label = h('span', { class: 'step-text' }, text)
    const line = h('li', { class: 'step busy' }, h('span', { class: 'step-mark', 'aria-hidden': 'true' }), label)
    open = { line, text: label }
    list.append(line)
    announce(text)
    return line
  }

  function settle(isGood: boolean, text?: string): void {
    if (!open) return
    open.line.className = `step ${isGood ? 'good' : 'bad'}`
    open.line.querySelector('.step-mark')?.replaceChildren(icon(isGood ? 'check' : 'cross'))
    if (text) open.text.textContent = text
    open = null
  }

  function write(attempt: number, piece: string): void {
    if (writing?.attempt !== attempt) {
      const code = h('code', {})
      step(list.querySelector('pre') ? 'Correcting the SQL' : 'Writing SQL').append(h('pre', { class: 'sql' }, code))
      writing = { attempt, sql: '', code }
    }
    writing.sql += piece
    writing.code.replaceChildren(
      ...tokenizeSql(writing.sql).map((token) => h('span', { class: `sql-${token.kind}` }, token.text)),
    )
  }

  const hear: { [K in LiveUpdate['type']]: (update: Extract<LiveUpdate, { type: K }>) => void } = {
    database: ({ name }) => step(`Reading ${name}`),
    tables: ({ tables }) => step(tables.length ? `Looking at ${listed(tables)}` : 'Looking at the tables'),
    writing: ({ attempt, piece }) => write(attempt, piece),
    running: ({ sql, attempt }) => {
      if (writing?.attempt !== attempt) write(attempt, sql)
      step('Running the query')
    },
    attempt: ({ attempt }) => settle(attempt.ok, attempt.outcome),
    reply: () => settle(true),
    failed: () => settle(false),
  }

  step('Getting ready')
  return {
    element: h('div', { class: 'work-log' }, list, lost),
    update: (update) => (hear[update.type] as (update: LiveUpdate) => void)(update),
    connection: (isUp) => {
      lost.hidden = isUp
    },
  }
}

const namedTables = 4

function listed(names: string[]): string {
  if (names.length <= namedTables) return names.join(', ')
  return `${names.slice(0, namedTables - 1).join(', ')} and ${names.length - namedTables + 1} more tables`
}
