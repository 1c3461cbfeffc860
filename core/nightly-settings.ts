import { z } from 'zod'
import { setting } from './setting.ts'
import { filePath, isTimeZone, names, wholeNumber } from './setting-values.ts'

/** Settings of the benchmark and of its nightly run. */
export const nightlySettings = {
  spiderFolder: setting({
    variable: 'ROWBOT_SPIDER',
    schema: filePath(),
    expects: 'the path of a folder',
    default: () => null,
    help: 'Folder of Spider, for the benchmark; without it where `rowbot eval get spider` puts it.',
  }),
  nightlyAt: setting({
    variable: 'ROWBOT_NIGHTLY_AT',
    schema: z.union([
      z.literal('off').transform(() => null),
      z
        .string()
        .trim()
        .regex(/^([01]?\d|2[0-3]):[0-5]\d$/),
    ]),
    expects: 'off or a time of day such as 02:30',
    default: () => null,
    help: 'When the nightly benchmark on Spider begins.',
  }),
  nightlyTimeZone: setting({
    variable: 'ROWBOT_NIGHTLY_TIME_ZONE',
    schema: z.string().refine(isTimeZone),
    expects: 'a time zone such as Europe/Berlin',
    default: () => null,
    help: 'Time zone of that time; without it ROWBOT_TIME_ZONE.',
  }),
  nightlyMaxHours: setting({
    variable: 'ROWBOT_NIGHTLY_MAX_HOURS',
    schema: wholeNumber(1, 23),
    expects: 'a whole number of hours from 1 to 23',
    default: () => 6,
    help: 'After so many hours the nightly benchmark stops; it is then posted as partial.',
  }),
  nightlyQuestions: setting({
    variable: 'ROWBOT_NIGHTLY_QUESTIONS',
    schema: z.union([z.literal('all').transform(() => null), wholeNumber(1, 100_000)]),
    expects: 'all or a whole number from 1 to 100000',
    default: () => null,
    help: 'How many questions of Spider dev the nightly benchmark asks.',
  }),
  nightlyChannels: setting({
    variable: 'ROWBOT_NIGHTLY_CHANNELS',
    schema: names(),
    expects: 'a list of channels such as slack:T012AB3CD/C012AB3CD discord:81384788765712384/155101607195836416',
    default: (): string[] => [],
    help: 'Channels in which the nightly benchmark is posted.',
  }),
  nightlyMention: setting({
    variable: 'ROWBOT_NIGHTLY_MENTION',
    schema: names(),
    expects: 'a list of people such as slack:U012AB3CD discord:80351110224678912',
    default: (): string[] => [],
    help: 'People who are told of a significant drop, or of a benchmark that failed.',
  }),
}
