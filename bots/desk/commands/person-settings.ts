import { isLocale, isTimeZone } from '#core/setting-values.ts'
import { workspaceKey } from '../ids.ts'
import { askerOf } from '../person-at.ts'
import { bad, good, page } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import type { CommandHandler } from './command.ts'

/** What a person has set, or sets: `settings time-zone Europe/Berlin`. */
export const personSettings: CommandHandler = (visit, { rest }) => {
  const [what = '', value = ''] = rest
  if (what === '') return say(showSettings(visit))
  const change = CHANGES[what.toLowerCase()]
  const set = change?.(value)
  if (!set)
    return say(
      bad('I did not understand that setting.', { advice: 'private on|off, time-zone Europe/Berlin, locale de-CH' }),
    )
  const { office, person, place } = visit
  office.memory.chatPeople.set({ id: person.key, workspaceId: workspaceKey(place) }, set)
  return say(good('Saved.'))
}

type Change = Parameters<Visit['office']['memory']['chatPeople']['set']>[1]

const CHANGES: Record<string, (value: string) => Change | null> = {
  private: (value) => (value === 'on' || value === 'off' ? { onlyMe: value === 'on' } : null),
  'time-zone': (value) => (value !== '' && isTimeZone(value) ? { timeZone: value } : null),
  locale: (value) => (value !== '' && isLocale(value) ? { locale: value } : null),
}

function showSettings({ office, person }: Visit) {
  const { timeZone, locale } = askerOf(office, person)
  const { onlyMe } = office.memory.chatPeople.settings(person.key)
  return page('Your settings', [
    {
      lines: [
        `Answers in channels are for ${onlyMe ? 'you only' : 'everybody'} (private on|off)`,
        `Time zone: ${timeZone} (time-zone Europe/Berlin)`,
        `Numbers and dates: ${locale} (locale de-CH)`,
      ],
    },
  ])
}
