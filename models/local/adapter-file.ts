import { basename } from 'node:path'
import { ModelError } from '../model-error.ts'
import { type GgufHeader, readGgufHeader } from './gguf-header.ts'
import { hashSamples } from './model-file.ts'

/** A LoRA adapter on disk. */
export type AdapterFile = { name: string; file: string; hash: string }

/** What an adapter is to be put on: the model's hash, and the version of the prompts that will be written. */
export type AdapterUse = { base: string; promptVersion?: string }

/**
 * Looks whether a file is an adapter, and one for this model and these prompts where it says for which it was made. Those of other programs
 * carry no such stamp; whether they fit is for llama.cpp to say.
 */
export async function checkAdapterFile(file: string, use: AdapterUse): Promise<AdapterFile> {
  const { type, info } = await readGgufHeader(
    file,
    (cause) =>
      new ModelError({
        code: 'not-found',
        message: `There is no adapter file ${file}.`,
        advice: 'Check the path in ROWBOT_ADAPTER, or set it to off to run the model without an adapter.',
        cause,
      }),
  )
  if (type !== 'adapter')
    throw new ModelError({
      code: 'adapter-refused',
      message: `${file} is a GGUF file, but no LoRA adapter.`,
      advice:
        'Convert the adapter with convert_lora_to_gguf.py of llama.cpp, and name the model itself with ROWBOT_MODEL.',
    })
  checkStamp(file, stampOf(info.metadata), use)
  return { name: basename(file).replace(/\.gguf$/, ''), file, hash: await hashSamples([file]) }
}

type Stamp = { base?: unknown; prompt_version?: unknown }

function stampOf(metadata: GgufHeader['info']['metadata']): Stamp {
  return 'rowbot' in metadata && typeof metadata.rowbot === 'object' && metadata.rowbot !== null ? metadata.rowbot : {}
}

function checkStamp(file: string, stamp: Stamp, { base, promptVersion }: AdapterUse): void {
  if (stamp.base !== undefined && stamp.base !== base)
    throw new ModelError({
      code: 'adapter-refused',
      message: `The adapter ${file} was trained for another model: its answers would be nonsense on this one.`,
      advice: 'Use the model that it was trained on, or set ROWBOT_ADAPTER=auto (or off) to run without it.',
    })
  if (promptVersion !== undefined && stamp.prompt_version !== undefined && stamp.prompt_version !== promptVersion)
    throw new ModelError({
      code: 'adapter-refused',
      message: `The adapter ${file} was trained on prompts of version ${stamp.prompt_version}; this program writes version ${promptVersion}.`,
      advice: 'Train it again on an export of this version (`rowbot train export`), or set ROWBOT_ADAPTER=off.',
    })
}
