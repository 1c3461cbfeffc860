import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import type { SlackMessageBody } from './render-message.ts'

/** A response address that was used five times or is older than 30 minutes. */
export class HandleExpired extends Error {
  override readonly name = 'HandleExpired'
}

const TIMEOUT_MS = 10_000

/** Sends a message to the address that Slack gave with a command or a press; it reaches channels that the bot is not in. */
export async function respondThrough(
  responseUrl: string,
  { text, blocks }: SlackMessageBody,
  seenBy: 'ephemeral' | 'in_channel',
): Promise<void> {
  const message = { response_type: seenBy, replace_original: false, text, ...(blocks.length > 0 ? { blocks } : {}) }
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)))
  })
  if (response.ok) return void (await response.arrayBuffer())
  const said = (await response.text()).slice(0, 200)
  if (response.status === 429) throw new WebAPIRateLimitedError(Number(response.headers.get('retry-after')) || 1)
  if (response.status >= 500) throw new WebAPIHTTPError(response.status, response.statusText, {}, said)
  throw new HandleExpired(`response address: HTTP ${response.status} ${said}`)
}
