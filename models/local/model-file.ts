import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ModelError } from '../model-error.ts'
import { type GgufHeader, readBytesAt, readGgufHeader, truncated } from './gguf-header.ts'

/** A model on disk: one GGUF file, or the shards of a split one, in order. */
export type ModelFile = {
  name: string
  files: string[]
  bytes: number
  /** Memory that each token of context takes: keys and values of all layers, in 16 bits. */
  contextBytesPerToken: number
  /** Distinguishes this content from any other, cheaply: sizes, headers and samples of the weights, not all of them. */
  hash: string
}

const SHARD = /-\d{5}-of-(\d{5})\.gguf$/
const SAMPLES = 32
const SAMPLE_BYTES = 65_536
const BYTES_PER_VALUE = 2

/** Looks whether the file can be a language model before llama.cpp, which says little about why it cannot, is asked to load it. */
export async function checkModelFile(path: string): Promise<ModelFile> {
  const files = shardsOf(path)
  const headers: GgufHeader[] = []
  for (const file of files) headers.push(await readGgufHeader(file, (cause) => missing(file, files, cause)))
  const first = headers[0] as GgufHeader
  checkKind(path, first)
  return {
    name: basename(path)
      .replace(SHARD, '')
      .replace(/\.gguf$/, ''),
    files,
    bytes: headers.reduce((sum, { bytes }) => sum + bytes, 0),
    contextBytesPerToken: contextBytesPerToken(first),
    hash: await hashSamples(files),
  }
}

function contextBytesPerToken({ info }: GgufHeader): number {
  const { block_count = 0, embedding_length = 0, attention } = info.architectureMetadata
  const heads = Math.max(1, Number(attention?.head_count ?? 1))
  const keyLength = attention?.key_length ?? embedding_length / heads
  const valueLength = attention?.value_length ?? embedding_length / heads
  const storedHeads = Number([attention?.head_count_kv ?? heads].flat()[0])
  return block_count * storedHeads * (keyLength + valueLength) * BYTES_PER_VALUE
}

/** A hash over sizes and samples of the files: reading all of a 7 GB model at each start would take longer than loading it. */
export async function hashSamples(files: string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) {
    const { size } = await stat(file)
    hash.update(`${size}\n`)
    const stride = Math.max(0, size - SAMPLE_BYTES) / (SAMPLES - 1)
    for (let sample = 0; sample < SAMPLES; sample++)
      hash.update(await readBytesAt(file, Math.floor(sample * stride), SAMPLE_BYTES))
  }
  return hash.digest('hex')
}

/** All shards, whichever of them was named. */
function shardsOf(path: string): string[] {
  const match = SHARD.exec(path)
  if (!match) return [path]
  const stem = path.slice(0, match.index)
  const numbers = Array.from({ length: Number(match[1]) }, (_, index) => String(index + 1).padStart(5, '0'))
  return numbers.map((number) => `${stem}-${number}-of-${match[1]}.gguf`)
}

function missing(file: string, files: string[], cause: unknown): ModelError {
  if (files.length === 1)
    return new ModelError({
      code: 'not-found',
      message: `There is no model file ${file}.`,
      advice: 'Check the path, or fetch a model with `rowbot models pull`; `rowbot models list` shows which there are.',
      cause,
    })
  return new ModelError({
    code: 'shard-missing',
    message: `The model is split into ${files.length} files, and ${basename(file)} is missing.`,
    advice: 'Put all its shards into one folder and give the path of the first one.',
    cause,
  })
}

/** Architectures of llama.cpp that compute embeddings or see pictures, but write no text. */
const WITHOUT_TEXT = new Set<string>([
  'bert',
  'clip',
  'eurobert',
  'gemma-embedding',
  'jina-bert-v2',
  'jina-bert-v3',
  'modern-bert',
  'neo-bert',
  'nomic-bert',
  'nomic-bert-moe',
  't5encoder',
])

function checkKind(file: string, { type, info }: GgufHeader): void {
  // Every model says what it is; the types promise it, the file may not.
  const general: { architecture: string } | undefined = info.metadata.general
  if (!general?.architecture) throw truncated(file)
  if (type !== 'model')
    throw new ModelError({
      code: 'not-a-language-model',
      message: `${file} is not a model but ${type === 'adapter' ? 'an adapter' : `a GGUF file of type ${type}`}.`,
      advice: 'Give the file of a base model; an adapter is named separately with ROWBOT_ADAPTER.',
    })
  const pooling = info.architectureMetadata?.pooling_type
  if (WITHOUT_TEXT.has(general.architecture) || (typeof pooling === 'number' && pooling > 0))
    throw new ModelError({
      code: 'not-a-language-model',
      message: `${file} holds a model that writes no text (${general.architecture}).`,
      advice: 'Use an instruction model such as Qwen2.5-Coder-Instruct: `rowbot models list` shows some.',
    })
}
