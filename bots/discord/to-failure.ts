import { RESTJSONErrorCodes as Codes, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import type { SendFailure } from '../desk/chat-platform.ts'
import { sentBy } from '../desk/sent.ts'

/** What a failed request means for the desk; null where it is a defect of ours. */
export function toFailure(error: unknown): SendFailure | null {
  if (error instanceof SendRefused) return error.failure
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.retryAfter, error.sublimitTimeout, error.timeToReset)
    return { kind: 'rate-limited', retryAfterMs, detail: `${error.method} ${error.route}` }
  }
  if (error instanceof DiscordAPIError) return ofCode(error)
  // After a first refusal the client forgets the token, and says only that there is none.
  if (error instanceof Error && error.message.startsWith('Expected token to be set'))
    return { kind: 'unauthorised', fix: NEW_TOKEN, detail: error.message }
  // What is far too large is refused before Discord's own code sees it.
  if (error instanceof HTTPError && error.status === 413) return { kind: 'rich-refused', detail: 'HTTP 413' }
  return isUnreachable(error) ? { kind: 'unavailable', detail: String(error) } : null
}

/** Does something on Discord and gives back what came of it. */
export const sent = sentBy(toFailure)

/** What an administrator does about a token that Discord does not take any more. */
export const NEW_TOKEN =
  'Reset the token in the Discord developer portal (your application, Bot), set it as ROWBOT_DISCORD_TOKEN and start Rowbot anew.'

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
  [Codes.InteractionHasAlreadyBeenAcknowledged]: (detail) => ({ kind: 'elsewhere', detail }),
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
  if (error.status === 401) return { kind: 'unauthorised', fix: NEW_TOKEN, detail }
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
