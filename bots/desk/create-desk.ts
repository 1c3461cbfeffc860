import { acceptIncoming, askEdited } from './accept-question.ts'
import type { ChatPlatform } from './chat-platform.ts'
import { runCommand } from './commands/run-command.ts'
import type { Desk, HomeView } from './desk.ts'
import { homeView } from './home.ts'
import { channelKey } from './ids.ts'
import type { DeskParts, Office } from './office.ts'
import { press } from './press.ts'
import { createQueue } from './queue.ts'
import { page } from './say.ts'
import { submit } from './submit.ts'
import { suggest } from './suggest.ts'
import { createTroubles } from './troubles.ts'
import { receive, say } from './visit.ts'
import { watchPlatform } from './watch-platform.ts'

/** The desk with its queue; closing it hands back what cannot be finished in time. */
export type OpenDesk = Desk & {
  /** The platforms that are connected, by name. */
  platforms: ReadonlyMap<string, ChatPlatform>
  close(options: { graceMs: number }): Promise<void>
}

/** Opens the desk: what was left behind by an earlier start is taken up once its platform is connected. */
export function createDesk(parts: DeskParts): OpenDesk {
  const platforms = new Map<string, ChatPlatform>()
  const now = parts.now ?? (() => new Date())
  const newlyBroken = parts.newlyBroken ?? (async () => [])
  const troubles = createTroubles({ log: parts.log, now })
  const office: Office = { ...parts, newlyBroken, now, platforms, troubles, wake: () => queue.wake() }
  const queue = createQueue(office)
  const { memory } = office
  return {
    connect(connected) {
      const platform = watchPlatform(connected, troubles)
      platforms.set(platform.name, platform)
      queue.resume(platform.name)
      return () => {
        if (platforms.get(platform.name) === platform) platforms.delete(platform.name)
      }
    },
    accept: (incoming) => acceptIncoming(office, incoming),
    messageChanged({ place, message, text }) {
      const job = memory.jobs.findMessage(channelKey(place), message)
      if (!job) return
      if (text === null) queue.stop(job.questionId)
      else if (job.state === 'waiting' || job.state === 'choosing') memory.questions.reword(job.questionId, text)
      else if (askEdited(office, { job, message, text })) queue.stop(job.questionId)
    },
    press: (pressed) => receive({ office, queue }, pressed, (visit) => press(visit, pressed)),
    submit: (sent) => receive({ office, queue }, sent, (visit) => submit(visit, sent)),
    command: (command) => receive({ office, queue }, command, (visit) => runCommand(visit, command)),
    async home({ place, personId }) {
      let view: HomeView | undefined
      const doing = { key: '', place, personId, handle: null }
      const refused = await receive({ office, queue }, doing, async (visit) => {
        view = await homeView(visit)
        return say(view.page)
      })
      const lines = refused.kind === 'say' && refused.message.kind === 'notice' ? [refused.message.text] : []
      return view ?? { databases: [], recent: [], saved: [], quota: null, page: page('Your overview', [{ lines }]) }
    },
    async suggest({ place, personId, for: wanted, typed }) {
      let found: Awaited<ReturnType<typeof suggest>> = []
      await receive({ office, queue }, { key: '', place, personId, handle: null }, async (visit) => {
        found = await suggest(visit, wanted, typed)
        return { kind: 'done' }
      })
      return found
    },
    installations: memory.installations,
    platforms,
    close: (options) => queue.close(options),
  }
}
