import { type DestinationStream, type Logger, pino } from 'pino'
import { type Config, describeSettings } from '#core/config.ts'

/**
 * The log of the program. No secret ever stands in it: fields that are called like one are left out, and wherever else the value of a
 * secret setting or a chat's token turns up (a library's message, an address), it is blotted out of the finished line.
 */
export function createLog(
  config: Pick<Config, 'logLevel'> & Partial<Config>,
  to: DestinationStream = pino.destination(2),
): Logger {
  const secrets = secretValues(config)
  const blot = (line: string) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, BLOT), line).replace(CHAT_TOKENS, BLOT)
  return pino(
    { level: config.logLevel, redact: { paths: SECRET_PATHS, censor: BLOT }, hooks: { streamWrite: blot } },
    to,
  )
}

const BLOT = '[secret]'

const SECRET_NAMES = ['password', 'token', 'secret', 'authorization', 'handle', 'serverApiKey', 'botToken', 'appToken']
const SECRET_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** Slack's tokens and response addresses, Discord's tokens and interaction tokens, bearer headers. */
const CHAT_TOKENS =
  /xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=hooks\.slack\.com\/)[\w/-]+|[MNO][\w-]{22,27}\.[\w-]{6,7}\.[\w-]{27,}|(?<=\/(?:webhooks|interactions)\/\d{5,20}\/)[\w-]{20,}|(?<=Bearer )[\w.~+/=-]{8,}/g

function secretValues(config: Partial<Config>): string[] {
  return describeSettings()
    .filter(({ secret }) => secret)
    .flatMap(({ key }) => config[key] ?? [])
    .map(String)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
    .filter((value) => value.length >= 8)
}
