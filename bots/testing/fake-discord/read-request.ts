import type { IncomingMessage } from 'node:http'
import { MOST_FILE_BYTES } from './check-message.ts'
import { refusals } from './refusal.ts'

export type ReadRequest = { method: string; path: string; query: URLSearchParams; body: unknown; files: SentFile[] }
export type SentFile = { field: string; name: string; content: Buffer }

const MOST_REQUEST_BYTES = 25 * 1024 * 1024

/** A request with its JSON and its files, whichever way they were sent. */
export async function readRequest(request: IncomingMessage): Promise<ReadRequest> {
  const url = new URL(request.url ?? '/', 'http://fake')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  if (raw.length > MOST_REQUEST_BYTES) throw refusals.tooLarge()
  const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '')
  const read = { method: request.method ?? 'GET', path, query: url.searchParams, files: [], body: {} }
  const contentType = request.headers['content-type'] ?? ''
  if (raw.length === 0) return read
  if (contentType.startsWith('multipart/form-data')) return { ...read, ...(await readForm(raw, contentType)) }
  if (!contentType.startsWith('application/json')) throw refusals.invalidBody([`content type ${contentType}`])
  return { ...read, body: JSON.parse(raw.toString()) }
}

async function readForm(raw: Buffer, contentType: string): Promise<{ body: unknown; files: SentFile[] }> {
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } }).formData()
  const files: SentFile[] = []
  for (const [field, value] of form) {
    if (typeof value === 'string') continue
    if (value.size > MOST_FILE_BYTES) throw refusals.tooLarge()
    files.push({ field, name: value.name, content: Buffer.from(await value.arrayBuffer()) })
  }
  const json = form.get('payload_json')
  return { body: typeof json === 'string' ? JSON.parse(json) : {}, files }
}
