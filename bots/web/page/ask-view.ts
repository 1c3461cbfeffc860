import type { DatabaseSummary, PastQuestion } from '../../conversation/conversation.ts'
import type { Reply } from '../../reply/reply.ts'
import { announce } from './announce.ts'
import { call } from './api.ts'
import type { Composer } from './composer.ts'
import { byId, h } from './h.ts'
import { newId } from './new-id.ts'
import { problemView } from './problem-view.ts'
import { createTurn, type Turn } from './turn-view.ts'

type Past = PastQuestion & { reply: Reply | null }

export type AskView = {
  /** The start: a greeting and example questions. */
  showHome: () => void
  /** An earlier question with those it followed up. */
  showPast: (id: string) => Promise<void>
  ask: (text: string, options?: { follows?: string | undefined; database?: string | undefined }) => Promise<void>
  /** Stops what is being worked on; false where nothing is. */
  stop: () => boolean
  leave: () => void
}

type Parts = {
  composer: () => Composer
  databases: () => DatabaseSummary[]
  addDatabase: () => void
  /** Something was asked, or has ended. */
  changed: () => void
}

const longestChain = 20

export function createAskView({ composer, databases, addDatabase, changed }: Parts): AskView {
  let turns: Turn[] = []
  let visit = 0

  function show(elements: HTMLElement[], below: HTMLElement[], layout: 'home' | 'thread'): void {
    byId('main').className = layout
    byId('view').replaceChildren(...elements)
    byId('below').replaceChildren(...below)
    byId('composer-place').hidden = false
  }

  function leave(): void {
    visit += 1
    for (const turn of turns) turn.leave()
    turns = []
  }

  function showHome(): void {
    leave()
    composer().setFollowed(null)
    document.title = 'Rowbot'
    const chosen = databases().filter(({ id }) => composer().database() === null || composer().database() === id)
    const hero = h(
      'div',
      { class: 'hero' },
      h('h1', {}, greeting(chosen)),
      h('p', {}, 'Ask in plain words. Your data are only ever read.'),
    )
    show([hero], [startHere(chosen, databases().length === 0)], 'home')
  }

  function startHere(chosen: DatabaseSummary[], isEmpty: boolean): HTMLElement {
    const examples = chosen
      .flatMap((database) => database.examples.slice(0, chosen.length > 1 ? 2 : 6).map((text) => ({ text, database })))
      .slice(0, 6)
    return h(
      'section',
      { class: 'examples', 'aria-label': 'Ways to start' },
      examples.length > 0 && h('h2', {}, 'Try one of these'),
      h(
        'ul',
        {},
        ...examples.map(({ text, database }) =>
          h(
            'li',
            {},
            h(
              'button',
              {
                type: 'button',
                class: 'example',
                dir: 'auto',
                onclick: () => void ask(text, { database: database.id }),
              },
              text,
            ),
          ),
        ),
      ),
      h(
        'p',
        { class: 'drop-hint' },
        isEmpty ? 'There is no database yet. ' : 'Your own data: ',
        h('button', { type: 'button', class: 'link', onclick: addDatabase }, 'add a database'),
        ' or drop a SQLite, CSV, TSV or SQL file anywhere on this page.',
      ),
    )
  }

  async function showPast(id: string): Promise<void> {
    if (turns.at(-1)?.questionId === id) return
    leave()
    const mine = visit
    show([h('p', { class: 'loading' }, 'Loading …')], [], 'thread')
    try {
      const chain = await loadChain(id)
      if (mine !== visit) return
      show([threadHeading()], [], 'thread')
      for (const past of chain) add(past, past.reply)
      const last = chain.at(-1)
      if (!last) return
      if (last.reply) follow(last.reply)
      document.getElementById(`q-${id}`)?.focus()
      byId('main').scrollTo({ top: 0 })
      turns.at(-1)?.element.scrollIntoView({ block: 'start' })
    } catch (error) {
      if (mine === visit) show([problemView(error, () => void showPast(id))], [], 'thread')
    }
  }

  /** Adds a turn to the thread; one without a reply is watched. */
  function add(past: Omit<PastQuestion, 'database' | 'follows'>, reply: Reply | null): Turn {
    const turn = createTurn(past, reply, {
      ask: (text, database) => void ask(text, { database }),
      again: (text) => void ask(text),
      runEdited: (questionId, sql) => void runEdited(questionId, past.text, sql),
      ended: (final) => {
        if (final && turns.at(-1) === turn) follow(final)
        changed()
      },
    })
    turns.push(turn)
    document.title = `${past.text.slice(0, 80)} – Rowbot`
    byId('view').append(turn.element)
    return turn
  }

  function follow(reply: Reply): void {
    if (reply.kind === 'answered') composer().setFollowed({ id: reply.questionId, text: reply.question })
  }

  async function ask(
    text: string,
    { follows, database }: { follows?: string | undefined; database?: string | undefined } = {},
  ): Promise<void> {
    const chosen = database ?? composer().database()
    const body = { text, databases: chosen === null ? [] : [chosen], ...(follows ? { follows } : {}) }
    await begin(text, (id) => call('/api/questions', { method: 'POST', body: { id, ...body } }), follows !== undefined)
  }

  async function runEdited(questionId: string, text: string, sql: string): Promise<void> {
    await begin(text, (id) => call(`/api/questions/${questionId}/edited`, { method: 'POST', body: { id, sql } }), true)
  }

  /** The id is made here, so that sending a question twice, as after a lost connection, asks it once. */
  async function begin(text: string, send: (id: string) => Promise<unknown>, isFollowUp: boolean): Promise<void> {
    const id = newId()
    const isContinued = isFollowUp && turns.length > 0
    if (!isContinued) {
      leave()
      show([threadHeading()], [], 'thread')
    }
    composer().setFollowed(null)
    try {
      await send(id)
    } catch (error) {
      byId('view').append(problemView(error))
      composer().fill(text)
      return
    }
    const turn = add(
      { id, text, askedAt: new Date().toISOString(), thumb: null, status: 'working', headline: null },
      null,
    )
    history.pushState(null, '', `#/q/${id}`)
    announce('Asked')
    changed()
    turn.element.scrollIntoView({
      block: 'start',
      behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
    })
  }

  return {
    showHome,
    showPast,
    ask,
    leave,
    stop: () => {
      const busy = turns.filter((turn) => turn.isBusy())
      for (const turn of busy) turn.stop()
      return busy.length > 0
    },
  }
}

function threadHeading(): HTMLElement {
  return h('h1', { class: 'visually-hidden' }, 'Question and answer')
}

function greeting(chosen: DatabaseSummary[]): string {
  const [only] = chosen
  return only && chosen.length === 1
    ? `What would you like to know about ${only.name}?`
    : 'What would you like to know?'
}

/** The question and those it followed up, oldest first. */
async function loadChain(id: string): Promise<Past[]> {
  const chain: Past[] = []
  for (let next: string | null = id; next && chain.length < longestChain && !chain.some((past) => past.id === next); ) {
    // One that was deleted since ends the chain, unless it is the one that was asked for.
    const past: Past | null = await call<Past>(`/api/questions/${next}`).catch((error: unknown) => {
      if (chain.length === 0) throw error
      return null
    })
    if (!past) break
    chain.unshift(past)
    next = past.follows
  }
  return chain
}
