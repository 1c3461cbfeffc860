import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { RowbotError } from '#core/rowbot-error.ts'
import { isThere } from '../is-there.ts'
import { checkSpider, type SpiderDifferences, type SpiderHashes } from './check-spider.ts'
import { BY_HAND, downloadArchive } from './download-archive.ts'
import { spiderEntry, suiteEntry } from './spider-entry.ts'
import publishedHashes from './spider-hashes.json' with { type: 'json' }
import { unzipInto } from './unzip-into.ts'

export type GetSpider = {
  /** Where it will lie. */
  folder: string
  /** A folder that holds it already, which is copied instead of downloading. */
  from?: string
  /** Another place than its publishers' for spider.zip and testsuite.zip. */
  mirror?: string
  onProgress?: (progress: GetProgress) => void
  hashes?: SpiderHashes
  retryDelayMs?: number
  signal?: AbortSignal
}

export type GetProgress = { what: string; bytes: number; totalBytes: number }

// Their publishers keep both on Google Drive.
const drive = (id: string) => `https://drive.usercontent.google.com/download?id=${id}&export=download&confirm=t`

const ARCHIVES = [
  { name: 'spider.zip', url: drive('1403EGqzIDoHMdQF4c9Bkyl7dZLZ5Wt6J'), place: spiderEntry },
  { name: 'testsuite.zip', url: drive('1mkCx2GOFIqNesD4y8TDAO1yX1QZORP5w'), place: suiteEntry },
]

/**
 * Gets Spider and its distilled databases into a folder: from its publishers, a mirror, or a folder on this machine. The folder only gets
 * its name once all is there. Gives how a folder of one's own differs from what was published, and whether it has distilled databases; what was
 * downloaded must not differ.
 * @throws RowbotError
 */
export async function getSpider(wanted: GetSpider): Promise<SpiderDifferences & { hasSuite: boolean }> {
  const { folder, from, hashes = publishedHashes, signal } = wanted
  const draft = `${folder}.part`
  const unpacked = join(draft, 'unpacked')
  await rm(unpacked, { recursive: true, force: true })
  await mkdir(unpacked, { recursive: true })
  if (from === undefined) await download(wanted, { draft, unpacked })
  else await takeOver(from, unpacked, signal)
  const differences = await checkSpider(unpacked, hashes)
  const { missing, changed } = differences
  const [first, ...more] = missing
  if (first !== undefined) throw incomplete(from ?? 'the archive', first, more.length)
  if (from === undefined && changed.length > 0) throw notAsPublished(changed)
  const hasSuite = await isThere(join(unpacked, 'testsuite'))
  await rm(folder, { recursive: true, force: true })
  await rename(unpacked, folder)
  await rm(draft, { recursive: true, force: true })
  return { ...differences, hasSuite }
}

async function download(
  { mirror, onProgress, retryDelayMs, signal }: GetSpider,
  { draft, unpacked }: { draft: string; unpacked: string },
): Promise<void> {
  for (const { name, url, place } of ARCHIVES) {
    const path = join(draft, name)
    await downloadArchive({
      url: mirror === undefined ? url : `${mirror.replace(/\/$/, '')}/${name}`,
      path,
      onProgress: (bytes, totalBytes) => onProgress?.({ what: name, bytes, totalBytes }),
      retryDelayMs,
      signal,
    })
    await unzipInto(path, unpacked, { place, signal }).catch(async (cause) => {
      signal?.throwIfAborted()
      // Begun anew the next time: what is broken cannot be gone on with.
      await rm(path, { force: true })
      throw new RowbotError({
        code: 'dataset-damaged',
        message: `${name} is damaged (${cause instanceof Error ? cause.message : cause}).`,
        advice: `Try again, or ${BY_HAND}`,
        cause,
      })
    })
  }
}

/** Copies what belongs to Spider, and leaves the rest. */
async function takeOver(from: string, to: string, signal?: AbortSignal): Promise<void> {
  const names = await readdir(from, { recursive: true, withFileTypes: true })
  for (const entry of names.filter((one) => one.isFile())) {
    signal?.throwIfAborted()
    const path = join(entry.parentPath, entry.name)
    const name = relative(from, path)
    const place = /^testsuite\//.test(name) ? suiteEntry(name) : spiderEntry(name)
    if (place !== null) await cp(path, join(to, place), { recursive: false })
  }
}

function incomplete(source: string, first: string, others: number): RowbotError {
  const more = others === 0 ? '' : ` and ${others} more`
  return new RowbotError({
    code: 'dataset-incomplete',
    message: `${source} lacks ${first}${more}.`,
    advice: 'Give the folder that holds dev.json, train_spider.json, train_others.json, tables.json and database/.',
  })
}

function notAsPublished(changed: string[]): RowbotError {
  return new RowbotError({
    code: 'dataset-changed',
    message: `What was fetched is not Spider as it was published: ${changed.slice(0, 5).join(', ')} differ.`,
    advice: `Numbers would not be comparable. To use it all the same, ${BY_HAND}`,
  })
}
