import { definable, openGlossaryForm } from '../actions/glossary-form.ts'
import { allowedDatabases } from '../authorise.ts'
import { bad, good, page } from '../say.ts'
import { say } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'
import type { CommandHandler } from './command.ts'

/** What words mean, in every database that may be asked here. */
export const showGlossary: CommandHandler = ({ office, place, person }) => {
  const sections = allowedDatabases(office, place, person).flatMap(({ id, name }) => {
    const lines = office.memory.glossary.list(id).map(({ term, meaning }) => `${term}: ${meaning}`)
    return lines.length > 0 ? [{ heading: name, lines }] : []
  })
  return say(page('What words mean', sections.length > 0 ? sections : [{ lines: ['Nothing is defined yet.'] }]))
}

/** Asks for a definition. */
export const addTerm: CommandHandler = (visit) => openGlossaryForm(visit, null)

/** Takes a definition away: `glossary remove shop revenue`. */
export const removeTerm: CommandHandler = (visit, { rest }) => {
  const text = rest.join(' ').toLowerCase()
  const database = definable(visit).find(({ name }) => text.startsWith(`${name.toLowerCase()} `))
  const term = text.slice((database?.name.length ?? 0) + 1)
  if (!database || !visit.office.memory.glossary.remove(database.id, term))
    return say(bad('There is no such definition that you may remove.', { advice: 'glossary remove DATABASE WORD' }))
  writeAudit(visit, { action: 'removed a definition', database: database.name, detail: term })
  return say(good(`“${term}” is no longer defined in ${database.name}.`))
}
