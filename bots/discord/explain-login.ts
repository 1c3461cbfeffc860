import { DiscordjsError, DiscordjsErrorCodes } from 'discord.js'
import { RowbotError } from '#core/rowbot-error.ts'
import { toFailure } from './to-failure.ts'

/** Why logging in can never succeed, for a person; null where Discord only could not be reached. */
export function explainLogin(error: unknown): RowbotError | null {
  const isRefused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
  if (isRefused || toFailure(error)?.kind === 'unauthorised') return badToken(error)
  if (error instanceof Error && /disallowed intents/i.test(error.message)) return intentOff(error)
  return toFailure(error) ? null : new RowbotError({ ...unexpected(error), cause: error })
}

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
    advice:
      'Switch “Message Content Intent” on in the Discord developer portal (your application, Bot), or set ROWBOT_DISCORD_MESSAGE_CONTENT=off.',
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
