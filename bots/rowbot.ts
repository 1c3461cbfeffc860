import { CommanderError } from 'commander'
import { type Config, readConfig, saveSetting } from '#core/config.ts'
import { openState } from '#databases/state/open-state.ts'
import { restoreBackup } from '#databases/state/restore-backup.ts'
import { writeBackup } from '#databases/state/write-backup.ts'
import { verifyEmbeddedModel } from '#models/embedded-model.ts'
import { describeHardware } from '#models/hardware.ts'
import { chooseModel, findModel, listModels } from '#models/list-models.ts'
import { pullModel } from '#models/pull/pull-model.ts'
import { askEach } from './cli/ask-each.ts'
import { diagnose } from './cli/diagnose.ts'
import { EXIT, type Flags, type Host, type Rowbot, type Terminal } from './cli/host.ts'
import { openShelf } from './cli/open-shelf.ts'
import { createProgram } from './cli/program.ts'
import { sayError } from './cli/say-error.ts'
import { createClosing } from './closing.ts'
import { chatSetups } from './composition/chat-setups.ts'
import { evaluationHost } from './composition/evaluation-host.ts'
import { knowledgeHost } from './composition/knowledge-host.ts'
import { fromHere, openConversation } from './composition/open-conversation.ts'
import { localAsker, openModel, openModelMeanwhile, openRooms, places, type Rooms } from './composition/open-rooms.ts'
import { serve } from './composition/serve.ts'
import { trainingHost } from './composition/training-host.ts'

function shelfOf({ config, state, registry: databases, sampleId, close }: Rooms) {
  const forget = (personId: string) => state.forget(personId).questions
  return openShelf({ databases, sampleId, asker: localAsker(config), forget, close })
}

async function openRowbot(config: Config): Promise<Rowbot> {
  const closing = createClosing()
  try {
    const opening = openModelMeanwhile(config, closing)
    const rooms = await openRooms(config)
    closing.add(rooms.close)
    const generator = await opening
    const { assistant, conversation, borrow } = openConversation(rooms, generator)
    closing.add(() => assistant.close())
    return {
      ...shelfOf(rooms),
      conversation: fromHere(conversation, rooms, 'command line'),
      borrow,
      close: closing.close,
    }
  } catch (error) {
    await closing.close()
    throw error
  }
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

/** Everything that commands can do, with settings from `env` and flags. */
function createHost(env: Env | undefined, terminal: Terminal): Host {
  const configFrom = ({ port, host, model, effort }: Flags) => readConfig({ env, flags: { port, host, model, effort } })
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
    chats: chatSetups(configFrom),
    doctor: async (flags) => doctor(configFrom(flags)),
    evaluate: evaluationHost({ configFrom, terminal }),
    training: trainingHost({ configFrom, terminal }),
    knowledge: knowledgeHost(() => configFrom({})),
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
    if (signal.aborted) terminal.notice('Stopped.\n')
    else sayError(error, terminal)
    return EXIT.error
  }
}
