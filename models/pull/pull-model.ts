import { mkdir, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type CatalogueEntry, catalogueFile } from '../catalogue.ts'
import { ModelError } from '../model-error.ts'
import { sha256OfFile } from '../sha256-of-file.ts'
import { bytesOf, downloadPart } from './download-part.ts'
import { findHubFile, type HubFile } from './find-hub-file.ts'
import { diskFull, pullError } from './pull-error.ts'

export type PullProgress = { stage: 'fetching' | 'checking'; bytes: number; totalBytes: number }

export type PullOptions = {
  /** Where models lie; made if it is not there. */
  directory: string
  /** The Hugging Face hub or a mirror of it. */
  endpoint?: string
  onProgress?: (progress: PullProgress) => void
  /** Longest pause within the download before the connection counts as cut. Default 30 s. */
  stallMs?: number
  /** How often a cut connection is taken up again without having brought anything new. Default 5. */
  retries?: number
  /** Pause before the first of these, doubled each time. Default 1 s. */
  retryDelayMs?: number
  signal?: AbortSignal
}

const HUB = 'https://huggingface.co'
/** Left over for everything else on the disk. */
const SPARE_BYTES = 64 * 2 ** 20

/**
 * Fetches a model and gives back its path. What was fetched before a cut is kept and gone on with. The file only gets its name once its
 * SHA-256 is the one that the hub publishes for it and, where the catalogue has one, the catalogue's. Throws a ModelError.
 */
export async function pullModel(entry: CatalogueEntry, options: PullOptions): Promise<string> {
  const { directory, endpoint = HUB, signal } = options
  const path = catalogueFile(entry, directory)
  try {
    await mkdir(directory, { recursive: true })
    if (entry.sha256 !== undefined && (await hasChecksum(path, entry.sha256, signal))) return path
    const hub = checked(entry, await findHubFile({ endpoint, entry, signal }))
    if (entry.sha256 === undefined && (await hasChecksum(path, hub.sha256, signal))) return path
    await fetchInto(path, hub, options)
    return path
  } catch (error) {
    signal?.throwIfAborted()
    throw pullError({ entry, endpoint, directory }, error)
  }
}

function checked(entry: CatalogueEntry, hub: HubFile): HubFile & { sha256: string } {
  const expected = entry.sha256 ?? hub.sha256
  if (expected !== undefined && (hub.sha256 === undefined || hub.sha256 === expected))
    return { ...hub, sha256: expected }
  throw new ModelError({
    code: 'wrong-checksum',
    message:
      expected === undefined
        ? `${hub.url} comes without a checksum, so what is fetched could not be checked.`
        : `${hub.url} is no longer the file that Rowbot knows as ${entry.name}: its published checksum is another.`,
    advice:
      'Fetch from the hub itself if a mirror was used; otherwise update Rowbot, or get the file and name its path.',
  })
}

async function fetchInto(path: string, hub: HubFile & { sha256: string }, options: PullOptions): Promise<void> {
  const { directory, onProgress, signal } = options
  // Named after its content, so that what remains of another version is never gone on with.
  const part = `${path}.${hub.sha256.slice(0, 12)}.part`
  await checkSpace(directory, hub.bytes - (await bytesOf(part)))
  const report = (bytes: number) => onProgress?.({ stage: 'fetching', bytes, totalBytes: hub.bytes })
  try {
    await downloadPart({ ...options, part, url: hub.url, totalBytes: hub.bytes, onBytes: report })
  } catch (error) {
    // A full disk stops the rest of the program as well, so here nothing is kept.
    if (isFull(error)) await rm(part, { force: true })
    throw isFull(error) ? diskFull(directory, hub.bytes, error) : error
  }
  onProgress?.({ stage: 'checking', bytes: hub.bytes, totalBytes: hub.bytes })
  if ((await sha256OfFile(part, signal)) !== hub.sha256) {
    await rm(part, { force: true })
    throw new ModelError({
      code: 'wrong-checksum',
      message: `What was fetched from ${hub.url} is not what the hub says it is, so it was deleted.`,
      advice: 'Fetch it again. If that does not help, a proxy or mirror on the way changes the file.',
    })
  }
  await rename(part, path)
}

async function hasChecksum(path: string, sha256: string, signal?: AbortSignal): Promise<boolean> {
  return (await bytesOf(path)) > 0 && (await sha256OfFile(path, signal)) === sha256
}

async function checkSpace(directory: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(join(directory))
  if (bavail * bsize < neededBytes + SPARE_BYTES) throw diskFull(directory, neededBytes)
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code))
}
