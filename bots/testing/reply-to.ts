import type { Reply } from '../reply/reply.ts'
import { toReply } from '../reply/to-reply.ts'
import { shopScript } from './shop-script.ts'

const asker = { id: 'tester', locale: 'en-US', timeZone: 'UTC', weekStart: 'monday' } as const

/** The scripted shop's reply to a question, for tests of what renders replies. */
export function replyTo(question: string): Reply {
  const id = crypto.randomUUID()
  return toReply(shopScript.answer({ id, text: question, databases: ['shop'], asker }), { asker, question })
}
