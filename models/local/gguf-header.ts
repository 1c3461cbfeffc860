import { open, stat } from 'node:fs/promises'
import { readGgufFileInfo } from 'node-llama-cpp'
import { ModelError } from '../model-error.ts'
import { tensorBytes } from './tensor-bytes.ts'

/** `type` is `model`, `adapter` or another kind of GGUF file. */
export type GgufHeader = { bytes: number; type: string; info: Awaited<ReturnType<typeof readGgufFileInfo>> }

const MAGIC = 'GGUF'

/** Reads what a GGUF file says about itself. `missing` makes the error for a file that is not there. */
export async function readGgufHeader(file: string, missing: (cause: unknown) => ModelError): Promise<GgufHeader> {
  const found = await stat(file).catch((cause) => {
    throw missing(cause)
  })
  if (!found.isFile())
    throw new ModelError({
      code: 'not-a-model',
      message: `${file} is a folder; a model file is needed.`,
      advice: 'Give the path of the .gguf file itself; of a split model, that of its first shard.',
    })
  if ((await readBytesAt(file, 0, MAGIC.length)).toString('latin1') !== MAGIC) throw notGguf(file, found.size)
  const info = await readInfo(file)
  const ends = (info.tensorInfo ?? []).map((tensor) => Number(tensor.fileOffset) + tensorBytes(tensor))
  if (Math.max(0, ...ends) > found.size) throw truncated(file)
  return { bytes: found.size, type: typeOf(info), info }
}

export async function readBytesAt(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Also for what llama.cpp finds while it loads: tensors that begin within the file and end beyond it. */
export function truncated(file: string, cause?: unknown): ModelError {
  return new ModelError({
    code: 'truncated',
    message: `${file} is damaged or cut short: it ends before all that its header announces.`,
    advice: 'Fetch or copy the file again; `rowbot models pull` goes on where an interrupted download ended.',
    cause,
  })
}

/** The second and later shards of a split model have no general section. */
function typeOf({ metadata }: GgufHeader['info']): string {
  const general: object | undefined = metadata.general
  return general && 'type' in general && typeof general.type === 'string' ? general.type : 'model'
}

async function readInfo(file: string): Promise<GgufHeader['info']> {
  try {
    return await readGgufFileInfo(file, {
      sourceType: 'filesystem',
      spliceSplitFiles: false,
      logWarnings: false,
      ignoreKeys: ['tokenizer.ggml.tokens', 'tokenizer.ggml.merges', 'tokenizer.ggml.token_type'],
    })
  } catch (cause) {
    throw truncated(file, cause)
  }
}

function notGguf(file: string, bytes: number): ModelError {
  if (bytes < MAGIC.length) return truncated(file)
  return new ModelError({
    code: 'not-a-model',
    message: `${file} is not a GGUF model: it does not begin as one.`,
    advice:
      'Rowbot runs models in the GGUF format. Use one of `rowbot models list`, or convert yours with convert_hf_to_gguf.py of llama.cpp.',
  })
}
