import { RESTJSONErrorCodes as Codes, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import type { SendFailure, Sent } from '../desk/chat-platform.ts'

/** Does something on Discord; what Discord turns down is given back as a failure, and only defects throw. */
export async function sent<Value>(work: () => Promise<Value>): Promise<Sent<Value>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const failure = toFailure(error)
    if (!failure) throw error
    return { ok: false, failure }
  }
}

/** What a failed request means for the desk; null where it is a defect of ours. */
export function toFailure(error: unknown): SendFailure | null {
  if (error instanceof SendRefused) return error.failure
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.retryAfter, error.sublimitTimeout, error.timeToReset)
    return { kind: 'rate-limited', retryAfterMs, detail: `${error.method} ${error.route}` }
  }
  if (error instanceof DiscordAPIError) return ofCode(error)
  return isUnreachable(error) ? { kind: 'unavailable', detail: String(error) } : null
}

/** A failure that is known before Discord is asked. */
export class SendRefused extends Error {
  readonly failure: SendFailure

  constructor(failure: SendFailure) {
    super(failure.kind)
    this.failure = failure
  }
}

type Made = (detail: string) => SendFailure
const gone =
  (what: Extract<SendFailure, { kind: 'gone' }>['what']): Made =>
  (detail) => ({ kind: 'gone', what, detail })
const forbidden =
  (missing: string, fix: string): Made =>
  (detail) => ({ kind: 'forbidden', missing, fix, detail })
const richRefused: Made = (detail) => ({ kind: 'rich-refused', detail })

const inChannel =
  'under Edit Channel, Permissions, or invite the bot again with the link that `rowbot install discord` prints'

const KNOWN: Partial<Record<number, Made>> = {
  [Codes.UnknownChannel]: gone('channel'),
  [Codes.UnknownGuild]: gone('bot-removed'),
  [Codes.UnknownMember]: gone('person'),
  [Codes.UnknownUser]: gone('person'),
  [Codes.UnknownMessage]: gone('message'),
  [Codes.UnknownWebhook]: gone('handle'),
  [Codes.UnknownInteraction]: gone('handle'),
  [Codes.InvalidWebhookToken]: gone('handle'),
  [Codes.InvalidFormBodyOrContentType]: richRefused,
  [Codes.RequestEntityTooLarge]: richRefused,
  [Codes.MissingAccess]: forbidden('View Channel', `Allow the bot “View Channel” ${inChannel}.`),
  [Codes.MissingPermissions]: forbidden(
    'Send Messages and Attach Files',
    `Allow the bot “Send Messages” and “Attach Files” (in threads “Send Messages in Threads” too) ${inChannel}.`,
  ),
  [Codes.CannotSendMessagesToThisUser]: forbidden(
    'direct messages',
    'Allow direct messages from members of the server in its privacy settings.',
  ),
}

function ofCode(error: DiscordAPIError): SendFailure | null {
  const detail = `${error.method} ${withoutTokens(error.url)}: ${error.code} ${error.message}`
  const known = KNOWN[Number(error.code)]
  if (known) return known(detail)
  if (error.status === 401) return { kind: 'unauthorised', detail }
  if (error.status === 403) return forbidden('a permission', `Invite the bot again with all its permissions.`)(detail)
  return null
}

/** An interaction's token stands in its address. */
function withoutTokens(url: string): string {
  return new URL(url).pathname.replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/]+/, '$1…')
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof HTTPError) return error.status >= 500
  if (!(error instanceof Error)) return false
  // undici's own errors, the client's time limit, and sockets of the operating system.
  return (
    error.name === 'AbortError' ||
    error.message === 'fetch failed' ||
    'syscall' in error ||
    /^UND_ERR/.test(String((error as { code?: unknown }).code))
  )
}
