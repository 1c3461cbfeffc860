import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Advised, advised } from '#core/rowbot-error.ts'
import type { Update } from '../conversation/conversation.ts'
import { HttpProblem } from './http-problem.ts'

/** An update as the page gets it: the conversation's, or how a question broke. */
export type LiveUpdate = Update | { type: 'failed'; problem: Advised }

/** Questions that are being worked on. They go on whether anybody watches or not; a watcher who comes late or again gets everything. */
export type LiveQuestions = {
  /** Begins to read the updates, unless a question with this id was begun before. */
  start(id: string, updates: (signal: AbortSignal) => AsyncIterable<Update>): void
  has(id: string): boolean
  /** Updates with their numbers, those after number `after` only, live until the last. */
  watch(id: string, after: number, signal: AbortSignal): AsyncIterable<{ number: number; update: LiveUpdate }>
  close(options: { graceMs: number }): Promise<void>
}

type Live = {
  updates: LiveUpdate[]
  hasEnded: boolean
  wake: Set<() => void>
  abort: AbortController
  done: Promise<void>
}

const maxUnderWay = 32
const keptAfterEndMs = 5 * 60_000

export function createLiveQuestions({ log }: { log: Pick<Logger, 'error'> }): LiveQuestions {
  const questions = new Map<string, Live>()
  const forgetters = new Set<NodeJS.Timeout>()

  async function read(id: string, live: Live, updates: AsyncIterable<Update>): Promise<void> {
    try {
      for await (const update of updates) add(live, update)
    } catch (error) {
      const problem = advised(error)
      if (problem.code === 'unexpected') log.error({ err: error, questionId: id }, 'a question failed')
      add(live, { type: 'failed', problem })
    }
    live.hasEnded = true
    wakeAll(live)
    const forgetter = setTimeout(() => {
      questions.delete(id)
      forgetters.delete(forgetter)
    }, keptAfterEndMs).unref()
    forgetters.add(forgetter)
  }

  return {
    start(id, updates) {
      if (questions.has(id)) return
      if ([...questions.values()].filter((live) => !live.hasEnded).length >= maxUnderWay) throw tooMany()
      const abort = new AbortController()
      const live: Live = { updates: [], hasEnded: false, wake: new Set(), abort, done: Promise.resolve() }
      questions.set(id, live)
      live.done = read(id, live, updates(abort.signal))
    },
    has: (id) => questions.has(id),
    async *watch(id, after, signal) {
      const live = questions.get(id)
      for (let at = after + 1; live && !signal.aborted; at++) {
        while (at >= live.updates.length && !live.hasEnded && !signal.aborted) await nextUpdate(live, signal)
        const update = live.updates[at]
        if (!update) return
        yield { number: at, update }
      }
    },
    async close({ graceMs }) {
      const done = Promise.all([...questions.values()].map((live) => live.done))
      for (const live of questions.values()) live.abort.abort()
      await Promise.race([done, delay(graceMs, undefined, { ref: false })])
      for (const forgetter of forgetters) clearTimeout(forgetter)
    },
  }
}

function add(live: Live, update: LiveUpdate): void {
  live.updates.push(update)
  wakeAll(live)
}

function wakeAll(live: Live): void {
  for (const wake of live.wake) wake()
}

function nextUpdate(live: Live, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      live.wake.delete(wake)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    live.wake.add(wake)
    signal.addEventListener('abort', wake)
  })
}

function tooMany(): HttpProblem {
  return new HttpProblem(429, {
    code: 'too-many-questions',
    message: `${maxUnderWay} questions are being worked on already.`,
    advice: 'Wait for one of them to end, or stop one.',
  })
}
