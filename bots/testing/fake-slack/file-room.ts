import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Workspace } from './slack-world.ts'

export type FilePlace = { workspace: Workspace | undefined; fileId: string }

/** Takes the bytes of an upload that files.getUploadURLExternal announced, as they are or as the one part of a form. */
export async function upload(
  { workspace, fileId }: FilePlace,
  { body, contentType }: { body: Buffer; contentType: string },
  response: ServerResponse,
): Promise<void> {
  const file = workspace?.files.get(fileId)
  if (!file || file.isComplete) return void response.writeHead(404).end('no such upload')
  file.content = contentType.startsWith('multipart/form-data') ? await partOf(body, contentType) : body
  response.writeHead(200).end(`OK - ${file.content.length}`)
}

async function partOf(body: Buffer, contentType: string): Promise<Buffer> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  const [part] = [...form.values()]
  if (part === undefined) throw new Error('an upload without a part')
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer())
}

/** Gives a file to who may read it; to everybody else Slack shows its log-in page, with status 200. */
export function download(
  { workspace, fileId }: FilePlace,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const file = workspace?.files.get(fileId)
  const { bot } = workspace ?? {}
  const mayRead = bot?.scopes.has('files:read') && !bot.isRevoked && headers.authorization === `Bearer ${bot.token}`
  if (!file || !mayRead)
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>')
  response.writeHead(200, { 'content-type': file.mimetype }).end(file.content)
}
