import type { Logger } from 'pino'
import type { Config } from '#core/config.ts'
import { lockDataDirectory } from '#databases/state/lock-data-directory.ts'
import { rememberedRuns } from '#eval/report/remembered-runs.ts'
import { createClosing } from '../closing.ts'
import { demandPassword, startWebConsole } from '../web/start-web-console.ts'
import { chatPreviews } from './chat-previews.ts'
import { createLog } from './create-log.ts'
import { openAdministration } from './open-administration.ts'
import { fromHere, openConversation } from './open-conversation.ts'
import { openReviews } from './open-reviews.ts'
import { keepShop, localAsker, openModelMeanwhile, openRooms, places, type Rooms } from './open-rooms.ts'
import { startChats } from './start-chats.ts'
import { startNightly, type Watch } from './start-nightly.ts'

const DAILY_CHECK_MS = 10 * 60_000

/** Starts everything that serves people, and stays until the signal aborts. Calls `onReady` with the console's address. */
export async function serve(
  config: Config,
  onReady: (url: string) => void,
  signal: AbortSignal,
  nights: Watch = {},
): Promise<void> {
  const log = createLog(config)
  for (const warning of config.warnings) log.warn(warning)
  // Before the model is loaded, which takes its time.
  demandPassword(config)
  const closing = createClosing()
  try {
    const lock = lockDataDirectory(config.home)
    closing.add(() => lock.release())
    const opening = openModelMeanwhile(config, closing)
    const rooms = await openRooms(config)
    closing.add(rooms.close)
    if (config.retentionDays !== null) rooms.state.prune({ olderThanDays: config.retentionDays, now: new Date() })
    for (const { id } of rooms.state.questions.interrupted()) log.warn({ questionId: id }, 'a question was interrupted')
    const generator = await opening
    const { assistant, conversation } = openConversation(rooms, generator)
    closing.add(() => assistant.close())
    // The model reads in threads of its own, beside what is started here.
    const warming = rooms.sampleId && assistant.warm(rooms.sampleId, { signal }).catch((err) => log.debug(err))
    const { host, port, password, publicUrl, uploadLimitBytes } = config
    const uploadDir = places(config.home).uploads
    const asker = localAsker(config)
    const reviews = openReviews(rooms.state, conversation.history)
    const administration = openAdministration(rooms.state, config)
    const evaluations = rememberedRuns(rooms.state.evaluation)
    const parts = {
      conversation: fromHere(conversation, rooms, 'console'),
      evaluations,
      reviews,
      administration,
      previews: chatPreviews,
      asker,
      host,
      port,
      password,
      publicUrl,
      uploadDir,
      uploadLimitBytes,
      log,
    }
    const web = await startWebConsole(parts)
    closing.add(() => web.close())
    const chats = startChats({ rooms, conversation, generator, log })
    closing.add(() => chats.close())
    const nightly = startNightly({ rooms, generator, platforms: chats.platforms, log, ...nights })
    closing.add(() => nightly.close())
    const stopDaily = daily(rooms, log)
    closing.add(stopDaily)
    onReady(web.url)
    await warming
    await aborted(signal)
    log.info(
      'stopping: questions under way in the console are stopped, those in chats end or go on after the next start',
    )
  } finally {
    await closing.close()
  }
}

/** A day that begins while the program runs gets its orders too, and old questions go. */
function daily({ registry, state, config }: Rooms, log: Logger): () => void {
  const work = async () => {
    await keepShop(registry, config)
    if (config.retentionDays !== null) state.prune({ olderThanDays: config.retentionDays, now: new Date() })
  }
  const timer = setInterval(() => void work().catch((err) => log.error(err)), DAILY_CHECK_MS)
  return () => clearInterval(timer)
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
