import { DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js'
import { RowbotError } from '#core/rowbot-error.ts'
import { NEW_TOKEN, toFailure } from './to-failure.ts'

/** Why logging in can never succeed, for a person; null where Discord only could not be reached. */
export function explainLogin(error: unknown): RowbotError | null {
  const isRefused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
  if (isRefused || toFailure(error)?.kind === 'unauthorised') return badToken(error)
  if (error instanceof Error && /disallowed intents/i.test(error.message)) return intentOff(error)
  return toFailure(error) ? null : new RowbotError({ ...unexpected(error), cause: error })
}

/** What to do once the gateway was closed with a code after which the client does not come back. */
export function closedAdvice(code: number): string {
  if (code === GatewayCloseCodes.AuthenticationFailed) return NEW_TOKEN
  if (code === GatewayCloseCodes.DisallowedIntents) return INTENT_ADVICE
  return 'Start Rowbot anew.'
}

const INTENT_ADVICE =
  'Switch “Message Content Intent” on in the Discord developer portal (your application, Bot), or set ROWBOT_DISCORD_MESSAGE_CONTENT=off.'

function badToken(cause: unknown): RowbotError {
  return new RowbotError({
    code: 'discord-token',
    message: 'Discord does not accept the bot’s token.',
    advice:
      'Copy it anew from the Discord developer portal (your application, Bot, Reset Token) into ROWBOT_DISCORD_TOKEN.',
    cause,
  })
}

function intentOff(cause: unknown): RowbotError {
  return new RowbotError({
    code: 'discord-intent',
    message: 'The bot may not read the content of all messages.',
    advice: INTENT_ADVICE,
    cause,
  })
}

function unexpected(error: unknown) {
  return {
    code: 'discord-login',
    message: `The connection to Discord could not be made: ${error instanceof Error ? error.message : String(error)}`,
    advice: 'Run `rowbot install discord`, which checks token and settings.',
  }
}
