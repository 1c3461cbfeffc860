import { findAllowed, mayManage, whomToAsk } from '../authorise.ts'
import type { FormField } from '../chat-form.ts'
import type { Response, Submission } from '../desk.ts'
import { actionId, channelKey, groupKey, personKey } from '../ids.ts'
import { pickedGroups } from '../picked-groups.ts'
import { bad, good } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

const MOST_PICKED = 25

/** Shows who may ask a database, to be changed by who manages it. */
export function openAccessForm(visit: Visit, idOrName: string): Response {
  const { office, place, person } = visit
  const database = findAllowed(office, place, person, idOrName)
  if (!database || !mayManage(database, place, person)) return say(notYours(visit, database))
  const rules = office.memory.access.rules(database.id)
  const raw = (keys: string[], prefix: string) =>
    keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  const others = [...(rules.guests ? ['guests'] : []), ...(rules.strangers ? ['strangers'] : [])]
  return {
    kind: 'form',
    form: {
      id: actionId('access', database.id),
      title: 'Who may ask',
      submit: 'Save',
      fields: [
        picker('people', 'People', raw(rules.people, personKey(place.platform, ''))),
        picker('groups', 'Groups or roles', raw(rules.groups, groupKey(place, ''))),
        picker('channels', 'Channels', raw(rules.channels, channelKey(place, ''))),
        {
          name: 'others',
          label: 'Also, where the above lets them',
          hint: null,
          required: false,
          type: 'choice',
          several: true,
          chosen: others,
          options: OTHERS,
        },
      ],
    },
  }
}

/** Saves who may ask a database. Grants of other workspaces, which this form did not show, stay. */
export function submitAccessForm(visit: Visit, databaseId: string, submission: Submission): Response {
  const { values } = submission
  const { office, place, person } = visit
  const database = findAllowed(office, place, person, databaseId)
  if (!database || !mayManage(database, place, person)) return say(notYours(visit, database))
  const groups = pickedGroups(visit, submission, MOST_PICKED)
  if (groups.problem) return groups.problem
  const before = office.memory.access.rules(database.id)
  const kept = (keys: string[], prefix: string) => keys.filter((key) => !key.startsWith(prefix))
  const picked = (name: string) => (values[name] ?? []).slice(0, MOST_PICKED)
  office.memory.access.setRules(database.id, {
    people: [
      ...kept(before.people, personKey(place.platform, '')),
      ...picked('people').map((id) => personKey(place.platform, id)),
    ],
    groups: [...kept(before.groups, groupKey(place, '')), ...groups.ids.map((id) => groupKey(place, id))],
    channels: [
      ...kept(before.channels, channelKey(place, '')),
      ...picked('channels').map((id) => channelKey(place, id)),
    ],
    guests: picked('others').includes('guests'),
    strangers: picked('others').includes('strangers'),
  })
  writeAudit(visit, { action: 'changed who may ask', database: database.name })
  return say(good(`Saved who may ask ${database.name}.`))
}

const OTHERS = [
  { label: 'Guests of this workspace', value: 'guests', description: null },
  { label: 'Members of other organisations', value: 'strangers', description: null },
]

function picker(type: 'people' | 'groups' | 'channels', label: string, chosen: string[]): FormField {
  return { name: type, label, hint: null, required: false, type, chosen, most: MOST_PICKED }
}

function notYours({ office, person }: Visit, database: Parameters<typeof whomToAsk>[2]) {
  const advice = whomToAsk(office, person, database)
  return bad('Only who owns a database, or administers the workspace where it was added, decides who may ask it.', {
    advice,
  })
}
