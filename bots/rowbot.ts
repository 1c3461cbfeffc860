import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { type Logger, pino } from 'pino'
import { createAssistant } from '#core/assistant.ts'
import { type Config, readConfig, saveSetting } from '#core/config.ts'
import { today } from '#core/prompt/today.ts'
import type { DatabaseRegistry } from '#databases/registry/database-registry.ts'
import { openRegistry } from '#databases/registry/registry.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import { offerShop } from '#databases/sample/offer-shop.ts'
import { createSandbox } from '#databases/sandbox/sandbox.ts'
import { STATE_FILE } from '#databases/state/backup-contents.ts'
import { refuseUnfinishedRestore } from '#databases/state/finish-restore.ts'
import { lockDataDirectory } from '#databases/state/lock-data-directory.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { restoreBackup } from '#databases/state/restore-backup.ts'
import { writeBackup } from '#databases/state/write-backup.ts'
import { benchAnswer, evaluateHeldBack, evaluateShop, type Measured } from '#eval/run-evaluation.ts'
import { verifyEmbeddedModel } from '#models/embedded-model.ts'
import type { Generator } from '#models/generator.ts'
import { describeHardware } from '#models/hardware.ts'
import { chooseModel, findModel, listModels } from '#models/list-models.ts'
import { openGenerator } from '#models/open-generator.ts'
import { pullModel } from '#models/pull/pull-model.ts'
import { askEach } from './cli/ask-each.ts'
import { diagnose } from './cli/diagnose.ts'
import { EXIT, type Flags, type Host, type Rowbot, type Terminal } from './cli/host.ts'
import { openShelf } from './cli/open-shelf.ts'
import { createProgram } from './cli/program.ts'
import { sayError } from './cli/say-error.ts'
import { createClosing } from './closing.ts'
import { createConversation } from './conversation/create-conversation.ts'
import { startWebConsole } from './web/start-web-console.ts'

/** State and databases of a data directory, open. */
type Rooms = {
  config: Config
  state: State
  registry: DatabaseRegistry
  sampleId: string | null
  close(): Promise<void>
}

/** Where everything that must be kept apart lies within the data directory. */
const places = (home: string) => ({
  state: join(home, STATE_FILE),
  models: join(home, 'models'),
  prefixes: join(home, 'prefixes'),
  sample: join(home, 'sample'),
  uploads: join(home, 'uploads'),
})

async function openRooms(config: Config): Promise<Rooms> {
  const { home } = config
  const closing = createClosing()
  try {
    refuseUnfinishedRestore(home)
    const state = openState({ path: places(home).state, keptRows: config.keptRows })
    closing.add(() => state.close())
    const sandbox = createSandbox({
      processes: config.sandboxProcesses,
      memoryBytes: config.sandboxMemoryBytes,
      deadlineMs: config.queryDeadlineMs,
      maxRows: config.maxRows,
      maxBytes: config.maxBytes,
    })
    closing.add(() => sandbox.close())
    const settings = { maxFileBytes: config.uploadLimitBytes }
    const registry = openRegistry({ records: state.databases, dataDir: home, sandbox, settings })
    closing.add(() => registry.close())
    return { config, state, registry, sampleId: await keepShop(registry, config), close: closing.close }
  } catch (error) {
    await closing.close()
    throw error
  }
}

/** Called again and again while the program runs, since the shop ends today. */
function keepShop(registry: DatabaseRegistry, { home, timeZone }: Config): Promise<string | null> {
  return offerShop(registry, { dir: places(home).sample, today: today(new Date(), timeZone) })
}

function openModel(config: Config): Promise<Generator> {
  const { models, prefixes } = places(config.home)
  return openGenerator({ ...config, modelsDirectory: models, prefixDirectory: prefixes })
}

function localAsker({ locale, timeZone, weekStart }: Config) {
  return { id: 'console', locale, timeZone, weekStart }
}

function shelfOf({ config, state, registry: databases, sampleId, close }: Rooms) {
  const forget = (personId: string) => state.forget(personId).questions
  return openShelf({ databases, sampleId, asker: localAsker(config), forget, close })
}

function openConversation(rooms: Rooms, generator: Generator) {
  const { config, state, registry, sampleId } = rooms
  const databases = withFiles(registry)
  const history = state.questions
  const assistant = createAssistant({ databases, generator, history, settings: config })
  const removeQuestion = (id: string) => state.forgetQuestion(id).questions > 0
  const conversation = createConversation({
    assistant,
    history,
    removeQuestion,
    sampleId,
    maxCsvRows: config.maxCsvRows,
  })
  return { assistant, conversation, borrow: databases.borrow }
}

async function openRowbot(config: Config): Promise<Rowbot> {
  const closing = createClosing()
  try {
    const rooms = await openRooms(config)
    closing.add(rooms.close)
    const generator = await openModel(config)
    closing.add(() => generator.close())
    const { assistant, conversation, borrow } = openConversation(rooms, generator)
    closing.add(() => assistant.close())
    return { ...shelfOf(rooms), conversation, borrow, close: closing.close }
  } catch (error) {
    await closing.close()
    throw error
  }
}

const DAILY_CHECK_MS = 10 * 60_000

async function serve(config: Config, onReady: (url: string) => void, signal: AbortSignal): Promise<void> {
  const log = pino({ level: config.logLevel, redact: ['password', '*.password', 'serverApiKey'] }, pino.destination(2))
  for (const warning of config.warnings) log.warn(warning)
  const closing = createClosing()
  try {
    const lock = lockDataDirectory(config.home)
    closing.add(() => lock.release())
    const rooms = await openRooms(config)
    closing.add(rooms.close)
    if (config.retentionDays !== null) rooms.state.prune({ olderThanDays: config.retentionDays, now: new Date() })
    for (const { id } of rooms.state.questions.interrupted()) log.warn({ questionId: id }, 'a question was interrupted')
    const generator = await openModel(config)
    closing.add(() => generator.close())
    const { assistant, conversation } = openConversation(rooms, generator)
    closing.add(() => assistant.close())
    const { host, port, password, publicUrl, uploadLimitBytes } = config
    const uploadDir = places(config.home).uploads
    const asker = localAsker(config)
    const parts = { conversation, asker, host, port, password, publicUrl, uploadDir, uploadLimitBytes, log }
    const web = await startWebConsole(parts)
    closing.add(() => web.close())
    const stopDaily = daily(rooms, log)
    closing.add(stopDaily)
    onReady(web.url)
    if (rooms.sampleId) await assistant.warm(rooms.sampleId, { signal }).catch((err) => log.debug(err))
    await untilAborted(signal)
    log.info('stopping: questions under way are stopped, and saved as such')
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

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

async function doctor(config: Config) {
  const hardware = await describeHardware()
  const gpu = hardware.gpu && `${hardware.gpu.kind}: ${hardware.gpu.devices.join(', ')}`
  return diagnose({
    config,
    hardware: { ...hardware, gpu },
    async model() {
      if (config.model === 'embedded') await verifyEmbeddedModel()
      const generator = await openModel(config)
      await generator.close()
      return `${generator.identity.name}, reads ${generator.identity.contextTokens} tokens`
    },
    async state() {
      const state = openState({ path: places(config.home).state })
      const count = state.databases.list().length
      state.close()
      return `${places(config.home).state}, ${count} ${count === 1 ? 'database' : 'databases'}`
    },
    async databases() {
      const rooms = await openRooms(config)
      try {
        const names = await askEach(rooms.registry)
        return `${names.join(', ') || 'none yet'}; queries run in ${config.sandboxProcesses} processes of their own, read-only`
      } finally {
        await rooms.close()
      }
    },
  })
}

/** Measurements run in a data directory of their own, so that nobody's history fills with them. */
async function measure(
  { config: given, terminal, signal }: { config: Config; terminal: Terminal; signal: AbortSignal },
  work: (measured: Measured, rooms: Rooms) => Promise<unknown>,
) {
  const config = { ...given, home: mkdtempSync(join(tmpdir(), 'rowbot-eval-')) }
  const rooms = await openRooms(config)
  const generator = await openModel(config)
  const databases = withFiles(rooms.registry)
  const assistantOver = (one: Generator) => createAssistant({ databases, generator: one, settings: config })
  try {
    const print = (line: string) => terminal.write(`${line}\n`)
    await work({ generator, assistantOver, databases, asker: localAsker(config), print, signal }, rooms)
  } finally {
    await generator.close()
    await rooms.close()
    rmSync(config.home, { recursive: true, force: true })
  }
}

/** Everything that commands can do, with settings from `env` and flags. */
function createHost(env: Env | undefined, terminal: Terminal): Host {
  const configFrom = ({ port, host, model, effort }: Flags) => readConfig({ env, flags: { port, host, model, effort } })
  const measured = (flags: Flags, signal: AbortSignal) => ({ config: configFrom(flags), terminal, signal })
  return {
    open: async (flags) => openRowbot(configFrom(flags)),
    openShelf: async (flags) => shelfOf(await openRooms(configFrom(flags))),
    serve: async (flags, onReady, signal) => serve(configFrom(flags), onReady, signal),
    models: {
      list: async (flags) => {
        const { home, model } = configFrom(flags)
        return listModels({ directory: places(home).models, inUse: model })
      },
      pull: async (name, flags, onProgress, signal) =>
        pullModel(findModel(name), { directory: places(configFrom(flags).home).models, onProgress, signal }),
      async use(name, flags) {
        const { settingsFile, sources } = configFrom(flags)
        saveSetting(settingsFile, 'model', chooseModel(name))
        return { overruled: sources.model === 'environment' }
      },
    },
    doctor: async (flags) => doctor(configFrom(flags)),
    evaluate: {
      heldBack: (flags, signal) => measure(measured(flags, signal), (parts) => evaluateHeldBack(parts, flags)),
      benchAnswer: (flags, signal) => measure(measured(flags, signal), (parts) => benchAnswer(parts, flags)),
      shop: (flags, signal) =>
        measure(measured(flags, signal), async (parts, { sampleId, config }) => {
          if (sampleId) await evaluateShop(parts, { shop: sampleId, today: today(new Date(), config.timeZone) })
        }),
    },
    async backup(folder, flags) {
      const { home } = configFrom(flags)
      const state = openState({ path: places(home).state })
      try {
        return (await writeBackup({ state, dataDir: home, to: folder, remade: places(home).sample })).warnings
      } finally {
        state.close()
      }
    },
    restore: async (folder, flags) => (await restoreBackup({ from: folder, dataDir: configFrom(flags).home })).before,
  }
}

/** Default: the environment of this process. */
type Env = Readonly<Record<string, string | undefined>>

/** Runs one command and gives its exit code. Whatever breaks is put into words here, once for all commands. */
export async function runRowbot(
  args: string[],
  { env, terminal, signal }: { env?: Env; terminal: Terminal; signal: AbortSignal },
): Promise<number> {
  let code: number = EXIT.answered
  const exit = (given: number) => {
    code = given
  }
  try {
    await createProgram({ host: createHost(env, terminal), terminal, signal, exit }).parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    sayError(error, terminal)
    return EXIT.error
  }
}
