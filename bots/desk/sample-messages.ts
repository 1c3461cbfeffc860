import type { Answer } from '#core/answer.ts'
import { HOW_TITLE } from '../reply/how-title.ts'
import type { Reply } from '../reply/reply.ts'
import { toReply } from '../reply/to-reply.ts'
import type { ChatButton, ChatMessage, ReplyMessage } from './chat-message.ts'

/** One message of each kind, with a bit of everything that can be in it, by what it is: to try what a platform takes. */
export function sampleMessages(): Record<string, ChatMessage> {
  const buttons = [
    button('thumb-up', '👍'),
    button('thumb-down', '👎'),
    button('edit-sql', 'Edit SQL'),
    button('csv', 'CSV'),
    button('explain', HOW_TITLE),
  ]
  const options = [
    { label: 'shop', value: 'shop', description: 'Customers and orders' },
    { label: 'fleet', value: 'fleet', description: null },
  ]
  const answer: ReplyMessage = { kind: 'reply', reply: sampleReply(), lead: ['Verified'], plain: false, buttons }
  return {
    notice: {
      kind: 'notice',
      tone: 'neutral',
      text: 'A message to try this channel with.',
      advice: HOSTILE,
      buttons: [],
    },
    answer,
    'plain answer': { ...answer, plain: true },
    picker: { kind: 'picker', id: 'sample', text: 'Which database?', options, several: false, buttons: [] },
    page: {
      kind: 'page',
      title: 'Help',
      sections: [
        { heading: 'Ask', lines: ['How many orders last week?'], code: 'SELECT 1', buttons: [button('save', 'Save')] },
      ],
      buttons: [],
    },
  }
}

/** Nothing of this may take effect anywhere. */
const HOSTILE = '<!channel> @everyone **bold** `code` [link](https://example.com) 👩‍👩‍👧‍👦 عربي'

function button(name: ChatButton['name'], label: string): ChatButton {
  return { name, id: `sample:${name}`, label, style: 'plain', opensForm: false }
}

const MONTHS = 12

function sampleReply(): Reply {
  const sql = "SELECT strftime('%Y-%m', ordered_on) AS month, count(*) AS orders FROM orders GROUP BY month"
  const rows = Array.from({ length: MONTHS }, (_, at) => [
    `2025-${String(at + 1).padStart(2, '0')}`,
    600 + 37 * ((at * 5) % 7),
  ])
  const result = { kind: 'rows' as const, columns: ['month', 'orders'], rows, truncated: false }
  const answer: Answer = {
    kind: 'answered',
    database: { id: 'sample', name: 'sample', dataAsOf: '2025-12-31T12:00:00Z', latestDay: '2025-12-31' },
    sql,
    result,
    explanation: { summary: 'Counts the orders per month.', tables: ['orders'], filters: [], periods: [] },
    notes: [HOSTILE],
    confidence: null,
    trace: {
      questionId: crypto.randomUUID(),
      promptVersion: 'sample',
      model: 'sample',
      tables: ['orders'],
      attempts: [{ candidate: { sql, origin: 'first', logProb: null }, outcome: result, notes: [], ms: 5 }],
      stageMs: {},
    },
  }
  const asker = { id: 'sample', locale: 'en-US', timeZone: 'UTC', weekStart: 'monday' } as const
  return toReply(answer, { asker, question: 'orders per month' })
}
