import type { DatabaseAdministration } from '../../desk/administration.ts'
import { accessForm } from './access-form.ts'
import { announce } from './announce.ts'
import { call } from './api.ts'
import { dataTable } from './data-table.ts'
import { glossaryForm } from './glossary-form.ts'
import { h } from './h.ts'
import { problemView } from './problem-view.ts'
import { rowButton } from './row-button.ts'
import { sqlCode } from './sql-view.ts'

/** What people taught about a database, and who may ask it in chats: folded, to be looked at and changed. */
export function rulesView(databaseId: string): HTMLElement {
  const address = `/api/administration/databases/${encodeURIComponent(databaseId)}`
  const place = h('div', { class: 'tables rules' })
  const problem = h('div', {})
  const open = new Set<string>()

  async function load(): Promise<void> {
    try {
      const rules = await call<DatabaseAdministration>(address)
      place.replaceChildren(...folds(rules), problem)
    } catch (error) {
      place.replaceChildren(problemView(error, () => void load()))
    }
  }

  async function change(work: () => Promise<unknown>, said: string): Promise<void> {
    try {
      await work()
      problem.replaceChildren()
      await load()
      announce(said)
    } catch (error) {
      problem.replaceChildren(problemView(error))
    }
  }

  const removeTerm = (term: string) =>
    call(`${address}/glossary?${new URLSearchParams({ term })}`, { method: 'DELETE' })

  function folds({ glossary, verified, access }: DatabaseAdministration): HTMLElement[] {
    const words = glossaryForm(glossary, {
      remove: (term) => void change(() => removeTerm(term), `${term} is no longer defined`),
      save: (entry, before) =>
        void change(async () => {
          await call(`${address}/glossary`, { method: 'PUT', body: entry })
          if (before !== null && before.toLowerCase() !== entry.term.trim().toLowerCase()) await removeTerm(before)
        }, `${entry.term} is defined`),
    })
    const unverify = (questionId: string) =>
      change(
        () => call(`/api/administration/verified/${encodeURIComponent(questionId)}`, { method: 'DELETE' }),
        'It is no longer a verified answer',
      )
    const form = accessForm(
      access,
      (body) => void change(() => call(`${address}/access`, { method: 'PUT', body }), 'Saved who may ask'),
    )
    return [
      fold('Words', String(glossary.length), words),
      fold(
        'Verified answers',
        String(verified.length),
        verifiedList(verified, (id) => void unverify(id)),
      ),
      fold('Who may ask it in chats', accessInShort(access), [form]),
    ]
  }

  function fold(name: string, meta: string, body: HTMLElement[]): HTMLElement {
    const summary = h('summary', {}, h('span', { class: 'table-name' }, name), h('span', { class: 'fold-meta' }, meta))
    const details = h('details', { class: 'table-card', open: open.has(name) }, summary, h('div', {}, ...body))
    details.addEventListener('toggle', () => (details.open ? open.add(name) : open.delete(name)))
    return details
  }

  void load()
  return place
}

function verifiedList(
  verified: DatabaseAdministration['verified'],
  remove: (questionId: string) => void,
): HTMLElement[] {
  const hint = 'A thumb up makes an answer a verified one: the same question is answered from it, with today’s dates.'
  const rows = verified.map(({ questionId, question, sql, by, at }) => [
    question,
    sqlCode(sql),
    `${by ?? 'in the console'}, ${new Date(at).toLocaleDateString()}`,
    rowButton('Remove', question, () => remove(questionId)),
  ])
  const columns = [{ name: 'Question' }, { name: 'SQL' }, { name: 'Verified' }, { name: 'Change' }]
  return [
    h('p', { class: 'explanation' }, hint),
    ...(rows.length > 0 ? [dataTable('Verified answers', columns, rows)] : []),
  ]
}

function accessInShort({ people, groups, channels }: DatabaseAdministration['access']): string {
  const said = [
    count(people, 'person', 'people'),
    count(groups, 'group', 'groups'),
    count(channels, 'channel', 'channels'),
  ]
  return said.filter(Boolean).join(', ') || 'its owner only'
}

function count({ length }: string[], one: string, several: string): string {
  return length === 0 ? '' : `${length} ${length === 1 ? one : several}`
}
