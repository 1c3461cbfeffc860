import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getModuleVersion, type LlamaModel } from 'node-llama-cpp'
import { CHATML } from '../chat-format.ts'
import type { Generator } from '../generator.ts'
import { freeMemory } from '../hardware.ts'
import { ModelError } from '../model-error.ts'
import { checkAdapterFile } from './adapter-file.ts'
import { type GpuChoice, loadLlama } from './load-llama.ts'
import { createLocalGenerator } from './local-generator.ts'
import { checkModelFile } from './model-file.ts'
import { openPrefixStore } from './prefix-store.ts'

export type LocalModelOptions = {
  /** A .gguf file; of a split model, any of its shards. */
  file: string
  /** Identity of the content, where it is known; otherwise one is computed from samples of the file. */
  hash?: string
  /** LoRA adapter (.gguf). */
  adapter?: string
  /** Version of the prompts that will be written. */
  promptVersion?: string
  gpu?: GpuChoice
  /** Never more than there are cores, whatever is asked for: generation collapses beyond. */
  threads?: number | 'auto'
  /** Tokens of one prompt and its answer. Default 4096, or what the model was trained for where that is less. */
  contextTokens?: number | 'auto'
  /** Texts written at once, default 4; each needs memory for `contextTokens`. */
  sequences?: number
  /** Memory that the model may take, in bytes. Default: what is free. */
  memoryBytes?: number
  /** Where evaluated schemas outlive the process; without it they are kept only as long as this model is open. */
  prefixDirectory?: string
  signal?: AbortSignal
}

const DEFAULT_CONTEXT_TOKENS = 4096
const DEFAULT_SEQUENCES = 4
const MAX_PREFIX_BYTES = 512 * 2 ** 20

/** Loads a GGUF model into this process. Throws a ModelError that says what is wrong with the file, the adapter or the machine. */
export async function loadLocalModel(options: LocalModelOptions): Promise<Generator> {
  const { adapter: adapterPath, contextTokens, signal } = options
  const file = await checkModelFile(options.file)
  const hash = options.hash ?? file.hash
  const adapter =
    adapterPath === undefined
      ? undefined
      : await checkAdapterFile(adapterPath, { base: hash, promptVersion: options.promptVersion })
  signal?.throwIfAborted()
  const llama = await loadLlama({
    file,
    adapter,
    gpu: options.gpu ?? 'auto',
    threads: options.threads ?? 'auto',
    contextTokens: typeof contextTokens === 'number' ? contextTokens : DEFAULT_CONTEXT_TOKENS,
    sequences: options.sequences ?? DEFAULT_SEQUENCES,
    memoryBytes: options.memoryBytes ?? freeMemory(),
    signal,
  })
  try {
    checkFormat(llama.model, file.name)
    const kept = await prefixDirectory(options.prefixDirectory)
    return createLocalGenerator({
      ...llama,
      identity: {
        name: file.name,
        hash,
        ...(adapter && { adapter: `${adapter.name}:${adapter.hash}` }),
        contextTokens: llama.context.contextSize,
      },
      format: CHATML,
      prefixes: await openPrefixStore({ directory: kept.path, maxBytes: MAX_PREFIX_BYTES }),
      stateKey: [file.hash, await modifiedMs(file.files), adapter?.hash, CHATML.name, await getModuleVersion()].join(
        ' ',
      ),
      onClose: kept.remove,
    })
  } catch (error) {
    await llama.llama.dispose()
    throw error
  }
}

/**
 * Models of other families are refused rather than spoken to in a format they were not trained on, which they answer, but badly. The
 * format is told from the vocabulary: its control tokens must be tokens of the model.
 */
function checkFormat(model: LlamaModel, name: string): void {
  if (CHATML.controls.every((control) => model.tokenize(control, true).length === 1)) return
  throw new ModelError({
    code: 'unknown-chat-format',
    message: `The model ${name} does not speak ${CHATML.name}, the chat format that Rowbot writes (Qwen and its relatives do).`,
    advice:
      'Use one of `rowbot models list`, or run this model in llama-server or Ollama, which know its format, and set ROWBOT_MODEL=server.',
  })
}

async function prefixDirectory(given: string | undefined): Promise<{ path: string; remove: () => Promise<void> }> {
  if (given !== undefined) return { path: given, remove: async () => {} }
  const path = await mkdtemp(join(tmpdir(), 'rowbot-prefixes-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** A state file of another model can crash the process, so a file that was written anew counts as another even if its samples agree. */
async function modifiedMs(files: string[]): Promise<string> {
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs))
  return times.join(',')
}
