import type { ChatMessage } from './chat-message.ts'
import type { Office } from './office.ts'
import type { Pauses } from './pauses.ts'
import { transmit } from './transmit.ts'

/** The message of a job while there is no end yet: the newest word wins, and what cannot be shown now is left out. */
export type Progress = {
  show(message: ChatMessage): void
  /** Drops what was not sent yet, and resolves when nothing is under way any more: what is shown next may go elsewhere. */
  settle(): Promise<void>
  /** Nothing is shown from now on; resolves when nothing is under way any more. */
  stop(): Promise<void>
}

const AT_MOST_EVERY_MS = 1_000

/** Shows progress as often as platforms like it. */
export function showProgress({ office, pauses }: { office: Office; pauses: Pauses }, questionId: string): Progress {
  let next: ChatMessage | null = null
  let shown = ''
  let isStopped = false
  let timer: NodeJS.Timeout | null = null
  let underWay: Promise<void> = Promise.resolve()
  let lastAt = 0

  const send = async () => {
    timer = null
    const message = next
    next = null
    const channel = office.memory.jobs.get(questionId)?.channel
    if (!message || isStopped || channel === undefined || pauses.isPaused(channel)) return
    const text = JSON.stringify(message)
    if (text === shown) return
    lastAt = Date.now()
    const sent = await transmit(office, questionId, message)
    if (sent.ok) shown = text
    else if (sent.failure.kind === 'rate-limited') pauses.pause(channel, sent.failure.retryAfterMs)
    else office.log.debug({ questionId, failure: sent.failure }, 'progress could not be shown')
  }
  const later = () => {
    timer ??= setTimeout(
      () => {
        underWay = underWay.then(send).catch((err) => office.log.error({ err, questionId }, 'progress failed'))
      },
      Math.max(0, lastAt + AT_MOST_EVERY_MS - Date.now()),
    )
  }
  const settle = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    next = null
    await underWay
    shown = ''
  }
  return {
    show(message) {
      if (isStopped) return
      next = message
      later()
    },
    settle,
    async stop() {
      isStopped = true
      await settle()
    },
  }
}
