import { isLocale, isTimeZone } from '#core/setting-values.ts'
import { workspaceKey } from '../ids.ts'
import { askerOf } from '../person-at.ts'
import { bad, good, page } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import type { CommandHandler } from './command.ts'

/** What a person has set. */
export const showSettings: CommandHandler = ({ office, person }, { rest }) => {
  if (rest.length > 0) return say(notUnderstood())
  const { timeZone, locale } = askerOf(office, person)
  const { onlyMe } = office.memory.chatPeople.settings(person.key)
  return say(
    page('Your settings', [
      {
        lines: [
          `Answers in channels are for ${onlyMe ? 'you only' : 'everybody'} (private on|off)`,
          `Time zone: ${timeZone} (time-zone Europe/Berlin)`,
          `Numbers and dates: ${locale} (locale de-CH)`,
        ],
      },
    ]),
  )
}

/** Sets who sees a person's answers: `settings private on`. */
export const setPrivate = setting((value) => (value === 'on' || value === 'off' ? { onlyMe: value === 'on' } : null))

/** Sets a person's time zone. */
export const setTimeZone = setting((value) => (value !== '' && isTimeZone(value) ? { timeZone: value } : null))

/** Sets how numbers and dates are written for a person. */
export const setLocale = setting((value) => (value !== '' && isLocale(value) ? { locale: value } : null))

type Change = Parameters<Visit['office']['memory']['chatPeople']['set']>[1]

function setting(read: (value: string) => Change | null): CommandHandler {
  return ({ office, person, place }, { rest: [value = ''] }) => {
    const set = read(value)
    if (!set) return say(notUnderstood())
    office.memory.chatPeople.set({ id: person.key, workspaceId: workspaceKey(place) }, set)
    return say(good('Saved.'))
  }
}

function notUnderstood() {
  const advice = 'settings private on|off, settings time-zone Europe/Berlin, settings locale de-CH'
  return bad('I did not understand that setting.', { advice })
}
