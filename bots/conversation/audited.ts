import type { ChatMemory } from '#core/chat-memory.ts'
import type { AnsweredReply } from '../reply/reply.ts'
import type { Conversation, Update } from './conversation.ts'

/** Where something was asked; `detail` says who saw the answer, where that is not everybody there. */
export type AskedFrom = { workspaceId: string; channel: string; detail?: string }

/** The same conversation; who gets an answer or its rows through it, and from where, stands in the audit log. */
export function audited(conversation: Conversation, audit: ChatMemory['audit'], from: AskedFrom): Conversation {
  function note(personId: string, action: string, { database, sql, table }: AnsweredReply): void {
    // Without a table the answer is a single value.
    const rowCount = table?.rowCount ?? 1
    audit.write({ detail: '', ...from, personId, action, database: database.name, sql, rowCount })
  }
  async function* noted(updates: AsyncIterable<Update>, personId: string, action: string): AsyncIterable<Update> {
    for await (const update of updates) {
      if (update.type === 'reply' && update.reply.kind === 'answered') note(personId, action, update.reply)
      yield update
    }
  }
  return {
    ...conversation,
    ask: (request, options) => noted(conversation.ask(request, options), request.asker.id, 'asked'),
    runEdited: (request, options) =>
      noted(conversation.runEdited(request, options), request.asker.id, 'ran edited SQL'),
    async csv(questionId, asker) {
      const file = await conversation.csv(questionId, asker)
      const past = await conversation.history.get(questionId, asker)
      if (past?.reply?.kind === 'answered') note(asker.id, 'took CSV', past.reply)
      return file
    },
  }
}
