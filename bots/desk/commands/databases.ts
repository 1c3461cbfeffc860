import { addDatabase, openDatabaseForm } from '../actions/database-form.ts'
import { askToRemove } from '../actions/remove-database.ts'
import { allowedDatabases, authorise, mayManage } from '../authorise.ts'
import { bindDatabases } from '../bind-databases.ts'
import { bindableDatabases, databasePicker } from '../choose-databases.ts'
import { actionId, channelKey } from '../ids.ts'
import { button } from '../reply-message.ts'
import { bad, page } from '../say.ts'
import { say } from '../visit.ts'
import type { CommandHandler } from './command.ts'

/** What may be asked here. */
export const listDatabases: CommandHandler = (visit) => {
  const { office, place, person } = visit
  const bound = new Set(office.memory.access.bound(channelKey(place)))
  const sections = allowedDatabases(office, place, person).map((database) => ({
    heading: database.name,
    lines: [
      ...(database.description ? [database.description] : []),
      ...(bound.has(database.id) ? ['Belongs to this channel.'] : []),
      ...(authorise(office, { database, place, person }) === 'privately' ? ['Only you see its answers here.'] : []),
    ],
    buttons: mayManage(database, place, person) ? [button('access', database.id)] : [],
  }))
  const nothing = [{ lines: ['There is none yet that you may ask here.'] }]
  return say(page('Databases', sections.length > 0 ? sections : nothing, [button('add-database', 'new')]))
}

/** Adds files that came with the command, or asks for them. */
export const addDatabaseCommand: CommandHandler = (visit, { rest, command: { files } }) =>
  files.length === 0
    ? openDatabaseForm(visit)
    : addDatabase(visit, { name: rest.join(' '), description: '', files, people: [], groups: [] })

/** Asks whether a database is really to go. */
export const removeDatabaseCommand: CommandHandler = (visit, { rest }) => askToRemove(visit, rest.join(' '))

/** Binds databases to the channel, or shows which could be. */
export const useDatabases: CommandHandler = (visit, { rest }) => {
  const { office, place, person } = visit
  if (place.direct)
    return say(bad('In direct messages you can ask every database that you may ask anyway.', { advice: 'Just ask.' }))
  const options = bindableDatabases(office, place, person)
  if (options.length === 0) return say(nothingToUse())
  if (rest.length === 0) return say(databasePicker(actionId('bind', 'new'), options))
  const named = namedIn(rest.join(' '), options)
  if (named.length === 0) return say(nothingToUse())
  return say(bindDatabases(visit, named))
}

/** One name, which may hold blanks, or several with commas between them. */
function namedIn(text: string, options: ReturnType<typeof bindableDatabases>) {
  const wanted = [text, ...text.split(',')].map((name) => name.trim().toLowerCase())
  return options.filter(({ id, name }) => wanted.includes(name.toLowerCase()) || wanted.includes(id))
}

function nothingToUse() {
  return bad('There is no such database that you could choose for this channel.', {
    advice: 'The owner of a database chooses the channels in which it may be asked.',
  })
}
