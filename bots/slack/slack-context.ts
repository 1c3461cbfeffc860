import type { Logger } from 'pino'
import type { Desk, Response } from '../desk/desk.ts'
import { problem } from '../desk/say.ts'
import { answerDoing, type Done } from './answer-doing.ts'
import type { Places } from './find-places.ts'
import type { Workspaces } from './workspaces.ts'

/** What every listener works with. */
export type SlackContext = {
  desk: Desk
  workspaces: Workspaces
  places: Places
  locale: string
  /** Whether messages in threads are follow-ups without a mention. */
  readsThreads: boolean
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Work that goes on after Slack was told that it was received; waited for when the adapter closes. */
  background(work: Promise<unknown>): void
}

/** Lets the desk do its part after the acknowledgement, and answers with what comes of it. */
export function answerLater({ desk, log, background }: SlackContext, done: Done, work: () => Promise<Response>): void {
  const { doing } = done
  const answered = work()
    .then((response) => answerDoing(desk, done, response))
    .catch(async (err: unknown) => {
      log.error({ err, workspace: doing.place.workspace, channel: doing.place.channel }, 'a Slack request failed')
      await desk.tell(doing, problem(err))
    })
  background(answered)
}
