import type { RegisteredDatabase } from '#core/chat-memory.ts'
import { allowedDatabases, mayTeach, whomToAsk } from '../authorise.ts'
import { toChoice } from '../choose-databases.ts'
import { DEFINITION_LIMITS, defineTerm } from '../define-term.ts'
import type { Response, Submission } from '../desk.ts'
import { actionId } from '../ids.ts'
import { bad, good } from '../say.ts'
import { say, type Visit } from '../visit.ts'
import { writeAudit } from '../write-audit.ts'

/** Asks for a word and what it means. */
export function openGlossaryForm(visit: Visit, chosen: string | null): Response {
  const databases = definable(visit)
  if (databases.length === 0) return say(notAllowed(visit))
  const [first] = databases
  return {
    kind: 'form',
    form: {
      id: actionId('add-term', 'new'),
      title: 'Define a word',
      submit: 'Save',
      fields: [
        {
          name: 'database',
          label: 'In which database',
          hint: null,
          required: true,
          type: 'choice',
          several: false,
          options: databases.map(toChoice),
          chosen: [chosen ?? first?.id ?? ''],
        },
        {
          name: 'term',
          label: 'Word or words',
          hint: 'revenue',
          required: true,
          type: 'text',
          lines: 'one',
          value: '',
          maxLength: DEFINITION_LIMITS.term,
        },
        {
          name: 'meaning',
          label: 'What it means',
          hint: 'net of returns',
          required: true,
          type: 'text',
          lines: 'many',
          value: '',
          maxLength: DEFINITION_LIMITS.meaning,
        },
      ],
    },
  }
}

/** Saves a definition. It goes into everybody's prompts, so only who may manage the database or is trusted may write it. */
export function submitGlossaryForm(visit: Visit, { values }: Submission): Response {
  const { memory } = visit.office
  const [wanted = ''] = values.database ?? []
  const database = definable(visit).find(({ id }) => id === wanted)
  if (!database) return say(notAllowed(visit))
  const { term: [term = ''] = [], meaning: [meaning = ''] = [] } = values
  const defined = defineTerm(memory, { databaseId: database.id, term, meaning, addedBy: visit.person.key })
  if (defined.kind === 'invalid') return defined
  writeAudit(visit, { action: 'defined a word', database: database.name, detail: defined.term })
  return say(good(`In ${database.name}, “${defined.term}” means: ${defined.meaning}`))
}

/** The databases whose glossary a person may change. */
export function definable({ office, place, person }: Visit): RegisteredDatabase[] {
  return allowedDatabases(office, place, person).filter((database) => mayTeach(office, { database, place, person }))
}

function notAllowed({ office, person }: Visit) {
  return bad('There is no database whose words you may define.', { advice: whomToAsk(office, person) })
}
