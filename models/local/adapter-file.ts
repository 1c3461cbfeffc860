import { basename } from 'node:path'
import { ModelError } from '../model-error.ts'
import { readGgufHeader } from './gguf-header.ts'
import { hashSamples } from './model-file.ts'

/** A LoRA adapter on disk. */
export type AdapterFile = { name: string; file: string; hash: string }

export async function checkAdapterFile(file: string): Promise<AdapterFile> {
  const { type } = await readGgufHeader(
    file,
    (cause) =>
      new ModelError({
        code: 'not-found',
        message: `There is no adapter file ${file}.`,
        advice: 'Check the path in ROWBOT_ADAPTER, or leave it unset to run the model without an adapter.',
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
  return { name: basename(file).replace(/\.gguf$/, ''), file, hash: await hashSamples([file]) }
}
