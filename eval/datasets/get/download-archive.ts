import { RowbotError } from '#core/rowbot-error.ts'
import { downloadPart } from '#models/pull/download-part.ts'
import { HttpError } from '#models/pull/pull-error.ts'

export type ArchiveDownload = {
  url: string
  /** Where it is kept; what is there already is gone on with. */
  path: string
  onProgress?: (bytes: number, totalBytes: number) => void
  retryDelayMs?: number
  signal?: AbortSignal
}

/**
 * Downloads an archive, taking a cut connection up again.
 * @throws RowbotError that says what to do without the network.
 */
export async function downloadArchive(download: ArchiveDownload): Promise<void> {
  const { url, path, onProgress, retryDelayMs, signal } = download
  try {
    const totalBytes = await sizeOf(url, signal)
    await downloadPart({
      url,
      part: path,
      totalBytes,
      onBytes: (bytes) => onProgress?.(bytes, totalBytes),
      retryDelayMs,
      signal,
    })
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof RowbotError || isOwnDisk(cause)) throw cause
    const why = cause instanceof HttpError ? cause.message : `${url} could not be reached, or was cut again and again`
    throw new RowbotError({
      code: 'dataset-download',
      message: `${why}.`,
      advice: `Try again: what was fetched is kept. Or ${BY_HAND}`,
      cause,
    })
  }
}

/** What helps where a program is refused. */
export const BY_HAND =
  'get the archive in a browser from https://yale-lily.github.io/spider, unpack it, and name its folder: rowbot eval get spider --from FOLDER'

async function sizeOf(url: string, signal?: AbortSignal): Promise<number> {
  const response = await fetch(url, { headers: { range: 'bytes=0-0', 'accept-encoding': 'identity' }, signal })
  await response.body?.cancel()
  if (!response.ok) throw new HttpError(url, response.status)
  // Google answers with a page where too many people have fetched the file today.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new RowbotError({
      code: 'dataset-download',
      message: `${url} gives a page instead of the archive.`,
      advice: `Try again tomorrow, or ${BY_HAND}`,
    })
  }
  const total =
    /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? response.headers.get('content-length')
  if (total === null) throw new HttpError(url, response.status)
  return Number(total)
}

function isOwnDisk(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    /^E(NOSPC|DQUOT|FBIG|ACCES|PERM|ROFS|NOTDIR|ISDIR)$/.test(String(cause.code))
  )
}
