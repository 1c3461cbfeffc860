import { availableParallelism, homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { chatSettings } from './chat-settings.ts'
import { nightlySettings } from './nightly-settings.ts'
import { setting } from './setting.ts'
import {
  autoOr,
  bytes,
  filePath,
  isLocale,
  isTimeZone,
  systemLocale,
  webAddress,
  wholeNumber,
} from './setting-values.ts'

/**
 * Every setting there is, once: its environment variable, what it accepts, its default and what it does. `rowbot settings`, the README's
 * table and the checks all read this. Secrets have no default.
 */
export const settings = {
  home: setting({
    variable: 'ROWBOT_HOME',
    schema: filePath(),
    expects: 'the path of a folder',
    default: () => join(homedir(), '.rowbot'),
    help: 'Folder of everything Rowbot keeps: state, uploaded databases, models, settings.json.',
    environmentOnly: true,
  }),
  host: setting({
    variable: 'ROWBOT_HOST',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
    expects: 'a host name or an address, such as 127.0.0.1 or 0.0.0.0',
    default: () => '127.0.0.1',
    help: 'Address on which the web console listens. Any but this machine’s own needs ROWBOT_PASSWORD.',
  }),
  port: setting({
    variable: 'ROWBOT_PORT',
    schema: wholeNumber(0, 65_535),
    expects: 'a whole number from 0 to 65535 (0: any free port)',
    default: () => 4680,
    help: 'Port of the web console.',
  }),
  publicUrl: setting({
    variable: 'ROWBOT_PUBLIC_URL',
    schema: webAddress(),
    expects: 'an address that starts with http:// or https://',
    default: () => null,
    help: 'Address under which people reach the web console, where that is not http://HOST:PORT (behind a proxy, say). Any but this machine’s own needs ROWBOT_PASSWORD.',
  }),
  password: setting({
    variable: 'ROWBOT_PASSWORD',
    schema: z.string().min(8),
    expects: 'a text of at least 8 characters',
    default: () => null,
    help: 'Password of the web console, or bearer token for programs. Required where HOST or PUBLIC_URL is not this machine’s own.',
    secret: true,
  }),
  model: setting({
    variable: 'ROWBOT_MODEL',
    schema: z.string().trim().min(1),
    expects: '"embedded", "server", a name from `rowbot models list` or the path of a .gguf file',
    default: () => 'embedded',
    help: 'Which model answers: embedded, a name from `rowbot models list`, the path of a .gguf file, or server.',
  }),
  serverUrl: setting({
    variable: 'ROWBOT_SERVER_URL',
    schema: webAddress(),
    expects: 'an address that starts with http:// or https://, such as http://127.0.0.1:8080/v1',
    default: () => null,
    help: 'OpenAI-compatible server (llama-server, vLLM, Ollama) for ROWBOT_MODEL=server.',
  }),
  serverApiKey: setting({
    variable: 'ROWBOT_SERVER_API_KEY',
    schema: z.string().min(1),
    expects: 'a text',
    default: () => null,
    help: 'Key for that server, where it wants one.',
    secret: true,
  }),
  serverModel: setting({
    variable: 'ROWBOT_SERVER_MODEL',
    schema: z.string().trim().min(1),
    expects: 'the name of a model on the server',
    default: () => null,
    help: 'Name of the model on that server; without it the first one that the server lists.',
  }),
  adapter: setting({
    variable: 'ROWBOT_ADAPTER',
    schema: z.enum(['auto', 'off']).or(filePath()),
    expects: 'auto, off, or the path of a LoRA adapter (.gguf)',
    default: () => 'auto',
    help: 'LoRA adapter that is put on the local model: auto takes the one that ships with the embedded model.',
  }),
  gpu: setting({
    variable: 'ROWBOT_GPU',
    schema: z.enum(['auto', 'off', 'cuda', 'metal', 'vulkan']),
    expects: 'auto, off, cuda, metal or vulkan',
    default: () => 'auto',
    help: 'What computes the local model: auto takes a GPU where there is one.',
  }),
  threads: setting({
    variable: 'ROWBOT_THREADS',
    schema: autoOr(wholeNumber(1, 1_024)),
    expects: 'auto or a whole number from 1 to 1024',
    default: () => 'auto',
    help: 'CPU threads of the local model; never more than there are cores.',
  }),
  contextTokens: setting({
    variable: 'ROWBOT_CONTEXT_TOKENS',
    schema: autoOr(wholeNumber(512, 1_048_576)),
    expects: 'auto or a whole number from 512 to 1048576',
    default: () => 'auto',
    help: 'Tokens that the local model can read and write for one question; more need more memory.',
  }),
  effort: setting({
    variable: 'ROWBOT_EFFORT',
    schema: z.enum(['fast', 'balanced', 'thorough']),
    expects: 'fast, balanced or thorough',
    default: () => 'balanced',
    help: 'How much work goes into an answer: more candidates and checks are slower and more often right.',
  }),
  maxAttempts: setting({
    variable: 'ROWBOT_MAX_ATTEMPTS',
    schema: wholeNumber(1, 10),
    expects: 'a whole number from 1 to 10',
    default: () => 3,
    help: 'How many queries are written one after the other before giving up: the first and its repairs. Samples do not count.',
  }),
  answerDeadlineMs: setting({
    variable: 'ROWBOT_ANSWER_DEADLINE_MS',
    schema: wholeNumber(1_000, 3_600_000),
    expects: 'a whole number of milliseconds from 1000 to 3600000',
    default: () => 120_000,
    help: 'Milliseconds after which a question that has no answer yet is given up.',
  }),
  timeZone: setting({
    variable: 'ROWBOT_TIME_ZONE',
    schema: z.string().refine(isTimeZone),
    expects: 'a time zone such as Europe/Berlin',
    default: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    help: 'Time zone that decides what “today” and “last week” mean, where the person’s own is not known.',
  }),
  locale: setting({
    variable: 'ROWBOT_LOCALE',
    schema: z.string().refine(isLocale),
    expects: 'a locale such as en-US or de-CH',
    default: systemLocale,
    help: 'How numbers and dates are written, where the person’s own locale is not known.',
  }),
  weekStart: setting({
    variable: 'ROWBOT_WEEK_START',
    schema: z.enum(['monday', 'sunday']),
    expects: 'monday or sunday',
    default: () => 'monday',
    help: 'Day on which a week begins.',
  }),
  queryDeadlineMs: setting({
    variable: 'ROWBOT_QUERY_DEADLINE_MS',
    schema: wholeNumber(50, 600_000),
    expects: 'a whole number of milliseconds from 50 to 600000',
    default: () => 10_000,
    help: 'Milliseconds after which a running query is stopped.',
  }),
  maxRows: setting({
    variable: 'ROWBOT_MAX_ROWS',
    schema: wholeNumber(1, 1_000_000),
    expects: 'a whole number from 1 to 1000000',
    default: () => 1_000,
    help: 'Most rows that a query may give; what is cut off is said.',
  }),
  maxCsvRows: setting({
    variable: 'ROWBOT_MAX_CSV_ROWS',
    schema: wholeNumber(1, 10_000_000),
    expects: 'a whole number from 1 to 10000000',
    default: () => 100_000,
    help: 'Most rows in a CSV file, for which the query of an answer is run again where it was cut off.',
  }),
  maxBytes: setting({
    variable: 'ROWBOT_MAX_BYTES',
    schema: bytes('64KB', '1GB'),
    expects: 'a size from 64KB to 1GB',
    default: () => 8 * 1024 ** 2,
    help: 'Most bytes that the rows of a query may take.',
  }),
  sandboxProcesses: setting({
    variable: 'ROWBOT_SANDBOX_PROCESSES',
    schema: wholeNumber(1, 64),
    expects: 'a whole number from 1 to 64',
    default: () => Math.min(4, Math.max(2, availableParallelism())),
    help: 'How many processes run queries side by side.',
  }),
  sandboxMemoryBytes: setting({
    variable: 'ROWBOT_SANDBOX_MEMORY',
    schema: bytes('1GB', '64GB'),
    expects: 'a size from 1GB to 64GB',
    default: () => 1.5 * 1024 ** 3,
    help: 'Address space that each of these processes may use.',
  }),
  uploadLimitBytes: setting({
    variable: 'ROWBOT_UPLOAD_LIMIT',
    schema: bytes('1MB', '64GB'),
    expects: 'a size from 1MB to 64GB',
    default: () => 1024 ** 3,
    help: 'Largest file that can be uploaded.',
  }),
  retentionDays: setting({
    variable: 'ROWBOT_RETENTION_DAYS',
    schema: z.union([z.literal('forever').transform(() => null), wholeNumber(1, 36_500)]),
    expects: 'forever or a whole number of days from 1 to 36500',
    default: () => 365,
    help: 'Days after which questions, answers and traces are deleted.',
  }),
  keptRows: setting({
    variable: 'ROWBOT_KEPT_ROWS',
    schema: wholeNumber(0, 10_000),
    expects: 'a whole number from 0 to 10000',
    default: () => 100,
    help: 'How many rows of each answer are kept with the question; the rest is never saved.',
  }),
  ...chatSettings,
  ...nightlySettings,
  logLevel: setting({
    variable: 'ROWBOT_LOG_LEVEL',
    schema: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']),
    expects: 'silent, fatal, error, warn, info, debug or trace',
    default: () => 'info',
    help: 'How much is logged.',
  }),
}

export type SettingKey = keyof typeof settings

/** What a setting is once it is read: the output of its schema, or of its default. */
export type SettingValue<Key extends SettingKey> =
  | z.output<(typeof settings)[Key]['schema']>
  | ReturnType<(typeof settings)[Key]['default']>
