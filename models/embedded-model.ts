import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelError } from './model-error.ts'
import { sha256OfFile } from './sha256-of-file.ts'

/** The model that comes with Rowbot. */
export type EmbeddedModel = {
  /** Its first shard. */
  file: string
  bytes: number
  /** The adapter that ships with it, where there is one. */
  adapter?: string
  /** From the published checksums and the sizes of the files: the 200 MB themselves are only read by `verifyEmbeddedModel`. */
  hash: string
}

const DIRECTORY = join(import.meta.dirname, 'embedded')
const CHECKSUMS = 'SHA256SUMS'
const ADAPTER = 'adapter.gguf'
const FIRST_SHARD = /-00001-of-\d{5}\.gguf$/

/** Finds the model that comes with Rowbot. */
export async function findEmbeddedModel(directory = DIRECTORY): Promise<EmbeddedModel> {
  const checksums = await readChecksums(directory)
  const shards = [...checksums.keys()].filter((name) => name.endsWith('.gguf') && name !== ADAPTER).sort()
  const first = shards.find((name) => FIRST_SHARD.test(name)) ?? shards[0]
  if (first === undefined) throw incomplete(`${CHECKSUMS} names no model`)
  const hash = createHash('sha256')
  let bytes = 0
  for (const name of shards) {
    const info = await stat(join(directory, name)).catch((cause) => {
      throw incomplete(`${name} is missing`, cause)
    })
    bytes += info.size
    hash.update(`${checksums.get(name)} ${name} ${info.size}\n`)
  }
  const file = join(directory, first)
  if (!checksums.has(ADAPTER)) return { file, bytes, hash: hash.digest('hex') }
  const adapter = join(directory, ADAPTER)
  await stat(adapter).catch((cause) => {
    throw incomplete(`${ADAPTER} is missing`, cause)
  })
  return { file, adapter, bytes, hash: hash.digest('hex') }
}

/** Reads every file of the model and compares its SHA-256 with the published one. Takes about a second; throws where one differs. */
export async function verifyEmbeddedModel({
  directory = DIRECTORY,
  signal,
}: {
  directory?: string
  signal?: AbortSignal
} = {}): Promise<EmbeddedModel> {
  const model = await findEmbeddedModel(directory)
  for (const [name, expected] of await readChecksums(directory)) {
    if ((await sha256OfFile(join(directory, name), signal)) !== expected)
      throw new ModelError({
        code: 'wrong-checksum',
        message: `The embedded model is damaged: ${name} is not what was shipped.`,
        advice:
          'Install Rowbot again, or restore the file with `git checkout` or `git lfs pull`, whichever brought it.',
      })
  }
  return model
}

/** File names and their SHA-256, as sha256sum writes them. */
async function readChecksums(directory: string): Promise<Map<string, string>> {
  const text = await readFile(join(directory, CHECKSUMS), 'utf8').catch(async (cause) => {
    const found = await readdir(directory).catch(() => [])
    throw incomplete(found.length === 0 ? 'its folder is empty' : `${CHECKSUMS} is missing`, cause)
  })
  const lines = [...text.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm)]
  return new Map(lines.map(([, checksum, name]) => [name as string, checksum as string]))
}

function incomplete(what: string, cause?: unknown): ModelError {
  return new ModelError({
    code: 'not-found',
    message: `The embedded model is incomplete: ${what}.`,
    advice: 'Install Rowbot again with all its files, or choose another model (`rowbot models list`).',
    cause,
  })
}
