import type { ChatMessage } from './chat-message.ts'
import type { Destination, Place } from './chat-platform.ts'
import type { Doing, Response } from './desk.ts'
import type { Office } from './office.ts'
import { personAt, unknownPerson, type Visitor } from './person-at.ts'
import type { Queue } from './queue.ts'
import { bad, problem } from './say.ts'

/** Somebody who does something: who they are is known, what they may do is not checked yet. */
export type Visit = {
  office: Office
  queue: Queue
  place: Place
  person: Visitor
  /** The platform's own id of the person. */
  personId: string
  key: string
  handle: string | null
}

/** Finds out who does something and does it; whatever goes wrong is said to them in words. */
export async function receive<Result>(
  { office, queue }: Pick<Visit, 'office' | 'queue'>,
  { key, place, personId, handle }: Doing,
  work: (visit: Visit) => Promise<Result> | Result,
): Promise<Result | Said> {
  try {
    const found = await personAt(office, place, personId)
    if (!found.ok) {
      office.log.warn({ failure: found.failure }, 'a person could not be looked up')
      return say(unknownPerson(found.failure))
    }
    const person = found.value
    if (!person.isMember || person.isBot)
      return say(bad('I only do what members of this workspace ask for.', { advice: 'Ask one of them.' }))
    return await work({ office, queue, place, person, personId, key, handle })
  } catch (error) {
    const said = problem(error)
    office.log.error({ err: error, key }, 'something that a person did in a chat failed')
    return say(said)
  }
}

type Said = Extract<Response, { kind: 'say' }>

/** To be shown to the person alone. */
export function say(message: ChatMessage): Said {
  return { kind: 'say', message }
}

/** Where only the person sees what is sent: what they used, else their direct messages. */
export async function privately({ office, place, personId, handle }: Visit): Promise<Destination | null> {
  if (place.direct) return { place, onlyFor: null, replyTo: null, handle }
  if (handle !== null) return { place, onlyFor: personId, replyTo: null, handle }
  const direct = await office.platforms.get(place.platform)?.openDirect(place.workspace, personId)
  return direct?.ok ? { place: direct.value, onlyFor: null, replyTo: null, handle: null } : null
}
