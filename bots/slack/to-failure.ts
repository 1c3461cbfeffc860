import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import type { SendFailure } from '../desk/chat-platform.ts'
import { sentBy } from '../desk/sent.ts'
import { HandleExpired } from './respond-through.ts'

/** Why a call of Slack's Web API failed; null where it is no failure of Slack's. */
export function toFailure(error: unknown): SendFailure | null {
  if (error instanceof WebAPIRateLimitedError) return limited(error.retryAfter)
  if (error instanceof WebAPIRequestError) return { kind: 'unavailable', detail: error.message }
  if (error instanceof WebAPIHTTPError) return { kind: 'unavailable', detail: `HTTP ${error.statusCode}` }
  if (error instanceof HandleExpired) return { kind: 'gone', what: 'handle', detail: error.message }
  if (error instanceof WebAPIPlatformError) return fromCode(error.data.error, error.data)
  return null
}

/** Does something with Slack and gives back what came of it. */
export const sent = sentBy(toFailure)

function limited(seconds: number): SendFailure {
  return { kind: 'rate-limited', retryAfterMs: seconds * 1000, detail: 'ratelimited' }
}

type Gone = Extract<SendFailure, { kind: 'gone' }>['what']

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors and those of the other methods that are called. */
const GONE: Record<string, Gone> = {
  message_not_found: 'message',
  thread_not_found: 'message',
  invalid_thread_ts: 'message',
  cant_update_message: 'message',
  edit_window_closed: 'message',
  channel_not_found: 'channel',
  is_archived: 'channel',
  not_in_channel: 'bot-removed',
  user_not_found: 'person',
  user_not_in_channel: 'person',
  user_disabled: 'person',
  cannot_dm_bot: 'person',
}
const REFUSED =
  /^(invalid_blocks|invalid_blocks_format|msg_too_long|msg_blocks_too_long|block_mismatch|invalid_arguments)$/
const UNAUTHORISED = /^(invalid_auth|not_authed|token_revoked|token_expired|account_inactive|org_login_required)$/
const UNAVAILABLE = /^(internal_error|fatal_error|service_unavailable|request_timeout|team_added_to_org)$/

/** What an administrator does about a token that Slack does not take any more. */
export const NEW_TOKEN =
  'Install the app in the workspace again, set its "Bot User OAuth Token" as ROWBOT_SLACK_BOT_TOKEN and start Rowbot anew.'

type More = { needed?: unknown; response_metadata?: { messages?: string[]; retryAfter?: number } }

function fromCode(code: string, { needed, response_metadata }: More): SendFailure {
  const detail = [code, ...(response_metadata?.messages ?? [])].join('; ')
  const gone = GONE[code]
  if (gone) return { kind: 'gone', what: gone, detail }
  if (REFUSED.test(code)) return { kind: 'rich-refused', detail }
  if (UNAUTHORISED.test(code)) return { kind: 'unauthorised', fix: NEW_TOKEN, detail }
  if (UNAVAILABLE.test(code)) return { kind: 'unavailable', detail }
  if (code === 'ratelimited' || code === 'rate_limited') return limited(response_metadata?.retryAfter ?? 30)
  if (code === 'missing_scope') return { kind: 'forbidden', ...scopeFix(String(needed)), detail }
  const fix = `Slack answered "${code}". An administrator of the workspace can look up what it does not allow.`
  return { kind: 'forbidden', missing: code, fix, detail }
}

/** What an administrator does about a scope that the app lacks. */
export function scopeFix(scope: string): { missing: string; fix: string } {
  const fix = `Add the scope ${scope} to the Slack app under "OAuth & Permissions" and install it again; the manifest that \`rowbot install slack\` writes has it.`
  return { missing: scope, fix }
}
