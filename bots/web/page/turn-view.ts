import type { PastQuestion } from '../../conversation/conversation.ts'
import type { Reply } from '../../reply/reply.ts'
import { announce } from './announce.ts'
import { call, Problem } from './api.ts'
import { h } from './h.ts'
import { icon } from './icon.ts'
import { problemView } from './problem-view.ts'
import { type ReplyHandlers, replyView } from './reply-view.ts'
import { watchQuestion } from './watch-question.ts'
import { createWorkLog } from './work-log.ts'

export type TurnHandlers = Omit<ReplyHandlers, 'thumb' | 'runEdited'> & {
  runEdited: (questionId: string, sql: string) => void
  /** The question has ended, with or without a reply. */
  ended: (reply: Reply | null) => void
  again: (text: string) => void
}

export type Turn = {
  element: HTMLElement
  questionId: string
  isBusy: () => boolean
  stop: () => void
  leave: () => void
}

type Shown = Pick<PastQuestion, 'id' | 'text' | 'askedAt' | 'thumb' | 'status' | 'headline'>

const LONGEST_WHOLE = 400

/** A question and what has become of it, or becomes of it while one watches. */
export function createTurn(question: Shown, reply: Reply | null, handlers: TurnHandlers): Turn {
  const place = h('div', {})
  // A very long one scrolls within its place, by keyboard too.
  const isLong = question.text.length > LONGEST_WHOLE
  const heading = h(
    'h2',
    {
      class: isLong ? 'question long' : 'question',
      id: `q-${question.id}`,
      tabindex: isLong ? '0' : '-1',
      dir: 'auto',
    },
    question.text,
  )
  const element = h('article', { class: 'turn', 'aria-labelledby': heading.id }, heading, place)
  let unwatch: (() => void) | null = null

  function showReply(final: Reply): void {
    place.replaceChildren(
      replyView(final, {
        thumb: question.thumb,
        ask: handlers.ask,
        runEdited: (sql) => handlers.runEdited(question.id, sql),
      }),
    )
  }

  function showFailure(message: string | null): void {
    const problem = new Problem({
      code: 'failed',
      message: message ?? 'This question was not answered.',
      advice: 'Ask it again.',
    })
    place.replaceChildren(problemView(problem, () => handlers.again(question.text)))
  }

  function watch(): void {
    const log = createWorkLog()
    const stopButton = h(
      'button',
      { type: 'button', class: 'quiet stop', onclick: stop },
      icon('stop'),
      'Stop',
      h('kbd', {}, 'Esc'),
    )
    place.replaceChildren(log.element, stopButton)
    unwatch = watchQuestion(question.id, {
      connection: log.connection,
      update: (update) => {
        log.update(update)
        if (update.type !== 'reply' && update.type !== 'failed') return
        unwatch = null
        if (update.type === 'reply') {
          showReply(update.reply)
          announce(`Answer: ${update.reply.headline}`)
        } else place.replaceChildren(problemView(update.problem, () => handlers.again(question.text)))
        if (element.previousElementSibling?.matches('.turn')) element.scrollIntoView({ block: 'start' })
        handlers.ended(update.type === 'reply' ? update.reply : null)
      },
    })
  }

  function stop(): void {
    if (!unwatch) return
    announce('Stopping')
    void call(`/api/questions/${question.id}/cancel`, { method: 'POST' }).catch(() => undefined)
  }

  if (reply) showReply(reply)
  else if (question.status === 'failed') showFailure(question.headline)
  else watch()
  return { element, questionId: question.id, isBusy: () => unwatch !== null, stop, leave: () => unwatch?.() }
}
