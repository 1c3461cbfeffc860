import type { CatalogueEntry } from '../catalogue.ts'
import { HttpError } from './pull-error.ts'

/** A file as the hub describes it. */
export type HubFile = { url: string; bytes: number; sha256?: string }

const TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 5
const SHA256 = /^"?([0-9a-f]{64})"?$/

/**
 * Asks the hub for size and SHA-256 of a file. It names both in the answer that redirects to its storage (`x-linked-size` and
 * `x-linked-etag`), as huggingface_hub reads them; redirects without them (a repository that was renamed) are followed.
 */
export async function findHubFile({
  endpoint,
  entry,
  signal,
}: {
  endpoint: string
  entry: CatalogueEntry
  signal?: AbortSignal
}): Promise<HubFile> {
  const url = `${endpoint.replace(/\/+$/, '')}/${entry.repository}/resolve/main/${entry.file}`
  let asked = url
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await head(asked, signal)
    const location = response.headers.get('location')
    const bytes = Number(response.headers.get('x-linked-size') ?? response.headers.get('content-length'))
    const described = response.headers.has('x-linked-etag') || response.status === 200
    if (described && bytes > 0) return { url, bytes, sha256: checksumOf(response) }
    if (response.status < 300 || response.status >= 400 || location === null)
      throw new HttpError(asked, response.status)
    asked = new URL(location, asked).href
  }
  throw new HttpError(url, 310)
}

async function head(url: string, signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return await fetch(url, {
    method: 'HEAD',
    redirect: 'manual',
    headers: { 'accept-encoding': 'identity' },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
}

function checksumOf({ headers }: Response): string | undefined {
  return SHA256.exec(headers.get('x-linked-etag') ?? headers.get('etag') ?? '')?.[1]
}
