import type { Context } from 'hono'
import type { Asker } from '#core/question.ts'
import { isTimeZone } from '#core/setting-values.ts'

export type AskerDefaults = Omit<Asker, 'id'>

/** Who asks: the console is one person's; language and time zone are the browser's where it names valid ones. */
export function askerOf(c: Context, defaults: AskerDefaults): Asker {
  const timeZone = c.req.header('x-time-zone')
  return {
    id: 'console',
    locale: firstLocale(c.req.header('accept-language')) ?? defaults.locale,
    timeZone: timeZone && isTimeZone(timeZone) ? timeZone : defaults.timeZone,
    weekStart: defaults.weekStart,
  }
}

function firstLocale(header: string | undefined): string | undefined {
  const tag = header?.split(/[,;]/)[0]?.trim()
  if (!tag || tag === '*') return undefined
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0]
  } catch {
    return undefined
  }
}
