import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CATALOGUE, catalogueFile, findInCatalogue } from './catalogue.ts'
import { findEmbeddedModel } from './embedded-model.ts'
import type { Generator } from './generator.ts'
import type { GpuChoice } from './local/load-llama.ts'
import { ModelError } from './model-error.ts'

export type GeneratorSettings = {
  /** `embedded`, `server`, a name of the catalogue, or the path of a .gguf file. */
  model: string
  /** Where fetched models lie. */
  modelsDirectory: string
  /** Where evaluated schemas outlive the process. */
  prefixDirectory?: string
  serverUrl?: string | null
  serverApiKey?: string | null
  serverModel?: string | null
  /** `auto` (default: the one that ships, on the embedded model), `off`, or the path of a LoRA adapter. */
  adapter?: string
  /** Version of the prompts that will be written: an adapter that was trained on others is refused. */
  promptVersion?: string
  gpu?: GpuChoice
  threads?: number | 'auto'
  contextTokens?: number | 'auto'
  sequences?: number
  signal?: AbortSignal
}

/** Opens the model that the settings name. Throws a ModelError where it is not there or cannot run. */
export async function openGenerator(settings: GeneratorSettings): Promise<Generator> {
  if (settings.model === 'server') return await openServer(settings)
  const { gpu, threads, contextTokens, sequences, prefixDirectory, promptVersion, signal } = settings
  const source = await findModelFiles(settings)
  // Each backend's library takes long to load, and a command mostly needs one or none of them.
  const { loadLocalModel } = await import('./local/load-local-model.ts')
  return await loadLocalModel({
    ...source,
    promptVersion,
    gpu,
    threads,
    contextTokens,
    sequences,
    prefixDirectory,
    signal,
  })
}

async function openServer(settings: GeneratorSettings): Promise<Generator> {
  const { serverUrl, serverApiKey, serverModel, contextTokens, signal } = settings
  if (!serverUrl)
    throw new ModelError({
      code: 'unreachable',
      message: 'ROWBOT_MODEL is "server", but no address of a server is set.',
      advice: 'Set ROWBOT_SERVER_URL, for example to http://127.0.0.1:8080/v1.',
    })
  const { connectServer } = await import('./server/connect-server.ts')
  return await connectServer({
    baseUrl: serverUrl,
    apiKey: serverApiKey ?? undefined,
    model: serverModel ?? undefined,
    contextTokens: contextTokens === 'auto' ? undefined : contextTokens,
    signal,
  })
}

/** The files of the local model that the settings name, with the adapter that is to be put on it. */
export async function findModelFiles(
  settings: GeneratorSettings,
): Promise<{ file: string; hash?: string; adapter?: string }> {
  const { adapter: shipped, ...source } = await findLocal(settings)
  const { adapter = 'auto' } = settings
  const chosen = adapter === 'auto' ? shipped : adapter === 'off' ? undefined : resolve(adapter)
  return chosen === undefined ? source : { ...source, adapter: chosen }
}

async function findLocal({
  model,
  modelsDirectory,
}: GeneratorSettings): Promise<{ file: string; hash?: string; adapter?: string }> {
  if (model === 'embedded') return await findEmbeddedModel()
  const entry = findInCatalogue(model)
  if (!entry) return { file: pathOf(model) }
  const file = catalogueFile(entry, modelsDirectory)
  if (await stat(file).catch(() => null)) return { file }
  throw new ModelError({
    code: 'not-found',
    message: `The model ${entry.name} has not been fetched yet.`,
    advice: `Fetch it with \`rowbot models pull ${entry.name}\` (${entry.sizeMb} MB), or choose ROWBOT_MODEL=embedded.`,
  })
}

function pathOf(model: string): string {
  if (model.endsWith('.gguf') || /[/\\]/.test(model)) return resolve(model)
  throw new ModelError({
    code: 'not-found',
    message: `There is no model called "${model}".`,
    advice: `Use embedded, server, the path of a .gguf file, or one of: ${CATALOGUE.map(({ name }) => name).join(', ')}.`,
  })
}
