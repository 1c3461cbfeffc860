import { findAllowed, mayManage } from '../authorise.ts'
import type { Response } from '../desk.ts'
import { button } from '../reply-message.ts'
import { bad, good, neutral } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

/** Asks whether a database is really to go. */
export function askToRemove(visit: Visit, idOrName: string): Response {
  const { office, place, person } = visit
  const database = findAllowed(office, place, person, idOrName)
  if (!database || !mayManage(database, place, person)) return say(notYours())
  const text = `Remove ${database.name} with all questions that it was asked? This cannot be undone.`
  return say(neutral(text, { buttons: [button('remove-database', database.id, { style: 'danger' })] }))
}

/** Removes a database with everything that is known of it. */
export async function removeDatabase(visit: Visit, databaseId: string): Promise<Response> {
  const { office, place, person } = visit
  const database = findAllowed(office, place, person, databaseId)
  if (!database || !mayManage(database, place, person)) return say(notYours())
  await office.conversation.databases.remove(database.id, { ...office.settings, id: person.key })
  writeAudit(visit, { action: 'removed a database', database: database.name })
  return say(good(`${database.name} is gone.`))
}

function notYours() {
  return bad('There is no such database that you may remove.', {
    advice: 'Its owner can, or who administers the workspace where it was added.',
  })
}
