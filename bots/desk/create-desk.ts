import { acceptIncoming } from './accept-question.ts'
import { changeQuestion } from './change-question.ts'
import type { ChatPlatform, Place } from './chat-platform.ts'
import { runCommand } from './commands/run-command.ts'
import type { Desk } from './desk.ts'
import { homeView } from './home.ts'
import type { DeskParts, Office } from './office.ts'
import { press } from './press.ts'
import { createQueue } from './queue.ts'
import { submit } from './submit.ts'
import { suggest } from './suggest.ts'
import { tellAlone } from './tell-alone.ts'
import { createTroubles } from './troubles.ts'
import { receive } from './visit.ts'
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
    messageChanged: (changed) => changeQuestion(office, queue, changed),
    tell: (aside, message) =>
      tellAlone({ platform: platforms.get(aside.place.platform), log: office.log }, aside, message),
    press: (pressed) => receive({ office, queue }, pressed, (visit) => press(visit, pressed)),
    submit: (sent) => receive({ office, queue }, sent, (visit) => submit(visit, sent)),
    command: (command) => receive({ office, queue }, command, (visit) => runCommand(visit, command)),
    async home({ place, personId }) {
      const view = await receive({ office, queue }, unprompted(place, personId), homeView)
      return 'page' in view ? view : { page: view.message, examples: [] }
    },
    async suggest({ place, personId, for: wanted, typed }) {
      const found = await receive({ office, queue }, unprompted(place, personId), (visit) =>
        suggest(visit, wanted, typed),
      )
      return Array.isArray(found) ? found : []
    },
    installations: memory.installations,
    platforms,
    close: (options) => queue.close(options),
  }
}

/** Shown or offered without an event of its own. */
function unprompted(place: Place, personId: string) {
  return { key: '', place, personId, handle: null }
}
