import { answeredSql } from '#core/answered-sql.ts'
import type { Response, Submission } from '../desk.ts'
import type { FoundQuestion } from '../find-question.ts'
import { actionId } from '../ids.ts'
import type { Visit } from '../visit.ts'
import { askFor } from './ask-again.ts'

const LONGEST_QUESTION = 1_000
const LONGEST_SQL = 3_000

/** Asks for a follow-up. */
export function openFollowUpForm(questionId: string): Response {
  return {
    kind: 'form',
    form: {
      id: actionId('ask-more', questionId),
      title: 'Ask more',
      submit: 'Ask',
      fields: [
        {
          name: 'text',
          label: 'What else',
          hint: 'only in France',
          required: true,
          type: 'text',
          lines: 'many',
          value: '',
          maxLength: LONGEST_QUESTION,
        },
      ],
    },
  }
}

/** Shows the SQL of an answer, or what was tried last where there is none, to be changed. */
export function openSqlForm({ record }: FoundQuestion): Response {
  const sql = answeredSql(record.answer) ?? record.trace?.attempts.at(-1)?.candidate.sql ?? ''
  return {
    kind: 'form',
    form: {
      id: actionId('edit-sql', record.id),
      title: 'Edit SQL',
      submit: 'Run',
      fields: [
        {
          name: 'sql',
          label: 'SQL',
          hint: 'One SELECT; it runs read-only',
          required: true,
          type: 'text',
          lines: 'many',
          value: sql.slice(0, LONGEST_SQL),
          maxLength: LONGEST_SQL,
        },
      ],
    },
  }
}

/** Asks the follow-up. */
export function submitFollowUp(visit: Visit, { record, job }: FoundQuestion, { values }: Submission): Response {
  const [text = ''] = values.text ?? []
  if (text.trim() === '') return { kind: 'invalid', problems: { text: 'Write a question.' } }
  return askFor(visit, { text, followsQuestion: record.id, onlyMe: job?.onlyMe ?? true })
}

/** Runs the edited SQL, as a question of its own. */
export function submitSql(visit: Visit, { record, job }: FoundQuestion, { values }: Submission): Response {
  const [sql = ''] = values.sql ?? []
  if (sql.trim() === '') return { kind: 'invalid', problems: { sql: 'Write a SELECT.' } }
  return askFor(visit, { text: record.text, edit: { questionId: record.id, sql }, onlyMe: job?.onlyMe ?? true })
}
