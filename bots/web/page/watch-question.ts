import type { LiveUpdate } from '../live-questions.ts'
import { asProblem } from './api.ts'

type Watcher = {
  update: (update: LiveUpdate) => void
  /** Called when the connection is lost and when it is back. */
  connection: (isUp: boolean) => void
}

const kinds = ['database', 'tables', 'writing', 'running', 'attempt', 'reply', 'failed']
const patienceMs = 60_000

/** Follows a question until it ends. A lost connection is taken up again where it broke; the question goes on meanwhile. */
export function watchQuestion(id: string, { update, connection }: Watcher): () => void {
  const source = new EventSource(`/api/questions/${id}/events`)
  let lostAt: number | null = null

  function heard(event: MessageEvent<string>): void {
    if (lostAt !== null) connection(true)
    lostAt = null
    const one = JSON.parse(event.data) as LiveUpdate
    if (one.type === 'reply' || one.type === 'failed') source.close()
    update(one)
  }

  for (const kind of kinds) source.addEventListener(kind, heard)
  source.onerror = () => {
    lostAt ??= Date.now()
    connection(false)
    // The browser tries again by itself unless the server has said no.
    if (source.readyState !== EventSource.CLOSED && Date.now() - lostAt < patienceMs) return
    source.close()
    update({
      type: 'failed',
      problem: asProblem({
        code: 'lost',
        message: 'The connection to Rowbot was lost.',
        advice: 'Reload the page: the answer will be under earlier questions if Rowbot is still running.',
      }),
    })
  }
  return () => source.close()
}
