import type { Response, Submission } from '../desk.ts'
import { actionId, personKey, workspaceKey } from '../ids.ts'
import { isAdminHere } from '../person-at.ts'
import { bad, good } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

const MOST_PICKED = 25

/** Shows whose thumbs up verify answers. */
export function openTrustForm(visit: Visit): Response {
  if (!isAdminHere(visit.person)) return say(notAdmin())
  return {
    kind: 'form',
    form: {
      id: actionId('trust', 'new'),
      title: 'Trusted people',
      submit: 'Save',
      fields: [
        {
          name: 'people',
          label: 'Whose thumbs up verify answers',
          hint: null,
          required: false,
          type: 'people',
          chosen: trusted(visit),
          most: MOST_PICKED,
        },
      ],
    },
  }
}

/** Saves whose thumbs up verify answers. */
export function submitTrustForm(visit: Visit, { values }: Submission): Response {
  const { office, place, person } = visit
  if (!isAdminHere(person)) return say(notAdmin())
  const picked = (values.people ?? []).slice(0, MOST_PICKED)
  const ids = picked.map((id) => personKey(place.platform, id))
  office.memory.chatPeople.setTrusted(workspaceKey(place), ids)
  writeAudit(visit, { action: 'changed who is trusted', database: '', detail: `${ids.length} trusted` })
  return say(good('Saved.'))
}

function trusted({ office, place }: Visit): string[] {
  const prefix = personKey(place.platform, '')
  return office.memory.chatPeople.trusted(workspaceKey(place)).map((key) => key.slice(prefix.length))
}

function notAdmin() {
  return bad('Only administrators of this workspace can do that.', { advice: 'Ask one of them.' })
}
