import type { Logger } from 'pino'
import type { Desk, Response } from '../desk/desk.ts'
import { problem } from '../desk/say.ts'
import { type Answering, answerDoing, type Done, sayAlone } from './answer-doing.ts'
import type { Workspaces } from './workspaces.ts'

/** What every listener works with. */
export type SlackContext = Answering & {
  desk: Desk
  workspaces: Workspaces
  /** Whether messages in threads are follow-ups without a mention. */
  readsThreads: boolean
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Work that goes on after Slack was told that it was received; waited for when the adapter closes. */
  background(work: Promise<unknown>): void
}

/** Lets the desk do its part after the acknowledgement, and answers with what comes of it. */
export function answerLater(context: SlackContext, done: Done, work: () => Promise<Response>): void {
  const answered = work()
    .then((response) => answerDoing(response, done, context))
    .catch(async (err: unknown) => {
      context.log.error({ err, workspace: done.place.workspace, channel: done.place.channel }, 'a Slack request failed')
      await sayAlone(problem(err), done, context)
    })
  context.background(answered)
}
