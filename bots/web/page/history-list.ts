import type { PastQuestion } from '../../conversation/conversation.ts'
import { call } from './api.ts'
import { byId, h } from './h.ts'
import { icon } from './icon.ts'
import { moveWithArrows } from './move-with-arrows.ts'
import { problemView } from './problem-view.ts'

const pageSize = 50

/** Earlier questions beside the page, newest first, grouped by day; a search finds older ones. */
export function createHistoryList({ removed }: { removed: (id: string) => void }): {
  refresh: () => Promise<void>
  mark: (id: string | null) => void
} {
  const place = byId('history-list')
  const search = byId<HTMLInputElement>('history-search')
  let current: string | null = null
  let questions: PastQuestion[] = []
  let isWhole = false
  let newest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(before?: string): Promise<void> {
    newest += 1
    const turn = newest
    const query = new URLSearchParams({
      limit: String(pageSize),
      ...(before ? { before } : {}),
      ...(search.value.trim() ? { search: search.value.trim() } : {}),
    })
    try {
      const answer = await call<{ questions: PastQuestion[] }>(`/api/questions?${query}`)
      if (turn !== newest) return
      questions = before ? [...questions, ...answer.questions] : answer.questions
      isWhole = answer.questions.length < pageSize
      show()
    } catch (error) {
      if (turn === newest) place.replaceChildren(problemView(error, () => void load(before)))
    }
  }

  function show(): void {
    const groups = Map.groupBy(questions, (question) => dayName(question.askedAt))
    place.replaceChildren(
      ...[...groups].map(([day, ofDay]) => h('section', {}, h('h3', {}, day), h('ul', {}, ...ofDay.map(entry)))),
      ...(questions.length === 0
        ? [h('p', { class: 'history-empty' }, search.value ? 'Nothing found.' : 'Your questions will be kept here.')]
        : []),
      ...(isWhole || questions.length === 0
        ? []
        : [
            h(
              'button',
              { type: 'button', class: 'quiet', onclick: () => void load(questions.at(-1)?.id) },
              'Older questions',
            ),
          ]),
    )
    mark(current)
  }

  function entry(question: PastQuestion): HTMLElement {
    const remove = h(
      'button',
      { type: 'button', class: 'icon-button small', 'aria-label': `Delete “${question.text}”`, title: 'Delete' },
      icon('trash'),
    )
    remove.addEventListener('click', () => void drop(question.id))
    return h(
      'li',
      {},
      h(
        'a',
        { href: `#/q/${question.id}`, 'data-id': question.id, title: question.headline ?? question.text },
        h('span', { class: 'history-text', dir: 'auto' }, question.text),
        question.status === 'unanswered' || question.status === 'failed'
          ? h('span', { class: 'visually-hidden' }, ' (not answered)')
          : null,
      ),
      remove,
    )
  }

  async function drop(id: string): Promise<void> {
    try {
      await call(`/api/questions/${id}`, { method: 'DELETE' })
      questions = questions.filter((question) => question.id !== id)
      show()
      search.focus()
      removed(id)
    } catch (error) {
      place.prepend(problemView(error))
    }
  }

  function mark(id: string | null): void {
    current = id
    for (const link of place.querySelectorAll('a')) {
      if (link.dataset.id === id) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
  }

  search.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(), 200)
  })
  moveWithArrows(place, search)
  return { refresh: () => load(), mark }
}

function dayName(time: string): string {
  const date = new Date(time)
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
}

function startOfDay(date: Date): number {
  return new Date(date).setHours(0, 0, 0, 0)
}
