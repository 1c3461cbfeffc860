import {
  getLlama,
  InsufficientMemoryError,
  type Llama,
  type LlamaContext,
  LlamaLogLevel,
  type LlamaModel,
} from 'node-llama-cpp'
import { availableCores } from '../hardware.ts'
import { ModelError } from '../model-error.ts'
import { adaptThreads } from './adapt-threads.ts'
import type { AdapterFile } from './adapter-file.ts'
import { truncated } from './gguf-header.ts'
import type { ModelFile } from './model-file.ts'

export type GpuChoice = 'auto' | 'off' | 'cuda' | 'metal' | 'vulkan'

export type LlamaParts = { llama: Llama; model: LlamaModel; context: LlamaContext }

export type LoadOptions = {
  file: ModelFile
  adapter?: AdapterFile
  gpu: GpuChoice
  threads: number | 'auto'
  contextTokens: number
  sequences: number
  /** Memory that the model may take. */
  memoryBytes: number
  signal?: AbortSignal
}

/** Tokens of a prompt that are read at once. A GPU is kept busy by many; on a CPU fewer are as fast and take 40 MB less. */
const BATCH_TOKENS = { gpu: 512, cpu: 128 }
const MAX_LOG_LINES = 50
/** For what llama.cpp computes in, beside weights and context. */
const WORKING_BYTES = 200 * 2 ** 20

/** Starts llama.cpp, loads the model and makes room for its sequences. What was opened is closed again where a later step fails. */
export async function loadLlama(options: LoadOptions): Promise<LlamaParts> {
  const log: string[] = []
  const llama = await startLlama(options.gpu, log)
  try {
    if (llama.gpu === false) checkMemory(options)
    const model = await loadModel(llama, options, log)
    const context = await makeContext(model, options, log)
    return { llama, model, context }
  } catch (error) {
    await llama.dispose()
    throw error
  }
}

async function startLlama(gpu: GpuChoice, log: string[]): Promise<Llama> {
  const llama = await getLlama({
    gpu: gpu === 'off' ? false : gpu,
    // Without this it may start a compiler on the machine of someone who only wants an answer.
    build: 'never',
    maxThreads: availableCores(),
    // Errors only: where a second model is opened in one process, llama.cpp writes past this logger, warnings even to standard output.
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => {
      log.push(message.trim())
      if (log.length > MAX_LOG_LINES) log.shift()
    },
  }).catch((cause) => {
    throw gpu === 'auto' || gpu === 'off' ? cannotStart(cause) : noGpu(gpu, cause)
  })
  if (gpu === 'auto' || gpu === 'off' || llama.gpu === gpu) return llama
  // A GPU that is not of this platform is passed over in silence.
  await llama.dispose()
  throw noGpu(gpu)
}

function cannotStart(cause: unknown): ModelError {
  return new ModelError({
    code: 'load-failed',
    message: 'llama.cpp, which runs local models, could not be started on this machine.',
    advice:
      'Install the packages again with `npm ci`; `rowbot doctor` shows more. A model on a server (ROWBOT_MODEL=server) works without it.',
    cause,
  })
}

function noGpu(gpu: GpuChoice, cause?: unknown): ModelError {
  return new ModelError({
    code: 'no-gpu',
    message: `This machine has no ${gpu} device that llama.cpp can use.`,
    advice: 'Set ROWBOT_GPU=auto to take what there is, or install the driver; `rowbot doctor` lists the devices.',
    cause,
  })
}

/** Asked before, since Linux promises memory that it does not have and then ends the process that uses it. */
function checkMemory({ file, contextTokens, sequences, memoryBytes }: LoadOptions): void {
  const needed = file.bytes + contextTokens * sequences * file.contextBytesPerToken + WORKING_BYTES
  if (needed > memoryBytes) throw noMemory(file, needed)
}

async function loadModel(llama: Llama, options: LoadOptions, log: string[]): Promise<LlamaModel> {
  const { file, contextTokens, sequences, signal } = options
  try {
    return await llama.loadModel({
      modelPath: file.files[0] as string,
      gpuLayers: llama.gpu === false ? 0 : { fitContext: { contextSize: contextTokens * sequences } },
      defaultContextFlashAttention: true,
      // On a CPU the weights are copied into another order while loading; mapped, the file would stay in memory beside the copy.
      useMmap: llama.gpu !== false,
      loadSignal: signal,
    })
  } catch (cause) {
    signal?.throwIfAborted()
    throw loadFailure(file, cause, log)
  }
}

async function makeContext(model: LlamaModel, options: LoadOptions, log: string[]): Promise<LlamaContext> {
  const { file, adapter, contextTokens, sequences, signal } = options
  try {
    const context = await model.createContext({
      contextSize: Math.min(contextTokens, model.trainContextSize),
      sequences,
      batchSize: model.llama.gpu === false ? BATCH_TOKENS.cpu : BATCH_TOKENS.gpu,
      threads: threadsFor(options.threads, model.llama),
      lora: adapter && { adapters: [{ filePath: adapter.file }] },
      createSignal: signal,
      failedCreationRemedy: false,
    })
    if (model.llama.gpu === false) adaptThreads(context)
    return context
  } catch (cause) {
    signal?.throwIfAborted()
    if (adapter && mentions(cause, log, /lora|adapter/i)) throw adapterRefused(adapter, file, cause)
    throw loadFailure(file, cause, log)
  }
}

/** On few cores each counts; on many the threads of one core that share its arithmetic only wait for each other. */
function threadsFor(asked: number | 'auto', llama: Llama): number {
  const cores = availableCores()
  if (asked !== 'auto') return Math.min(asked, cores)
  return cores <= 4 ? cores : Math.min(cores, llama.cpuMathCores)
}

function loadFailure(file: ModelFile, cause: unknown, log: string[]): ModelError {
  const path = file.files[0] as string
  if (
    mentions(cause, log, /not within the file bounds|corrupted or incomplete|failed to read|unexpectedly reached end/i)
  )
    return truncated(path, withLog(cause, log))
  if (cause instanceof InsufficientMemoryError || mentions(cause, log, /memory|alloc|Failed to create context/i))
    return noMemory(file, file.bytes, withLog(cause, log))
  if (mentions(cause, log, /unknown (model )?architecture/i))
    return new ModelError({
      code: 'unknown-architecture',
      message: `The model ${file.name} is of an architecture that this version of llama.cpp does not know.`,
      advice:
        'Use one of `rowbot models list`, or run the model in a server that knows it and set ROWBOT_MODEL=server.',
      cause: withLog(cause, log),
    })
  return new ModelError({
    code: 'load-failed',
    message: `The model ${path} could not be loaded.`,
    advice: 'Fetch the file again, or use one of `rowbot models list`. What llama.cpp said is in the log.',
    cause: withLog(cause, log),
  })
}

function noMemory(file: ModelFile, neededBytes: number, cause?: unknown): ModelError {
  return new ModelError({
    code: 'no-memory',
    message: `There is not enough free memory for the model ${file.name}, which needs about ${Math.ceil(neededBytes / 2 ** 20)} MB.`,
    advice: 'Close other programs, choose a smaller model (`rowbot models list`), or lower ROWBOT_CONTEXT_TOKENS.',
    cause,
  })
}

function adapterRefused(adapter: AdapterFile, file: ModelFile, cause: unknown): ModelError {
  return new ModelError({
    code: 'adapter-refused',
    message: `The adapter ${adapter.name} does not fit the model ${file.name}.`,
    advice: 'Use the model that the adapter was trained on, or set ROWBOT_ADAPTER=off.',
    cause,
  })
}

function mentions(cause: unknown, log: string[], words: RegExp): boolean {
  return words.test(String(cause)) || log.some((line) => words.test(line))
}

function withLog(cause: unknown, log: string[]): Error {
  return new Error([String(cause), ...log].join('\n'), { cause })
}
