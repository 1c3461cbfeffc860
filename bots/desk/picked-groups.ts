import type { Submission } from './desk.ts'
import type { Visit } from './visit.ts'

type Picked =
  | { ids: string[]; problem: null }
  | { ids: null; problem: { kind: 'invalid'; problems: { groups: string } } }

/** The groups or roles of a form, at most so many; where people type them, what is none is said beside the field. */
export function pickedGroups({ office, place }: Visit, { values }: Pick<Submission, 'values'>, most: number): Picked {
  const ids = [...new Set(values.groups ?? [])]
  const isGroup = office.platforms.get(place.platform)?.isGroup ?? (() => true)
  const stray = ids.find((id) => !isGroup(id))
  if (stray !== undefined) return invalid(`“${stray.slice(0, 40)}” is not the id of a group.`)
  if (ids.length > most) return invalid(`That is more than ${most} groups.`)
  return { ids, problem: null }
}

function invalid(groups: string): Picked {
  return { ids: null, problem: { kind: 'invalid', problems: { groups } } }
}
