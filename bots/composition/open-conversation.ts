import { createAssistant } from '#core/assistant.ts'
import { defaultWorkspace } from '#databases/registry/database-registry.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import type { Generator } from '#models/generator.ts'
import { audited } from '../conversation/audited.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import type { Rooms } from './open-rooms.ts'

/** The behaviour of all front ends over what is open. Whoever opens it closes the assistant. */
export function openConversation(rooms: Rooms, generator: Generator) {
  const { config, state, registry, sampleId } = rooms
  const databases = withFiles(registry)
  const history = state.questions
  const assistant = createAssistant({ databases, generator, history, settings: config, knowledge: state })
  const removeQuestion = (id: string) => state.forgetQuestion(id).questions > 0
  const conversation = createConversation({
    assistant,
    history,
    removeQuestion,
    sampleId,
    maxCsvRows: config.maxCsvRows,
  })
  return { assistant, conversation, borrow: databases.borrow }
}

/** The same for whoever is at this installation itself: what they get stands in the audit log, with how they asked. */
export function fromHere(
  conversation: Conversation,
  { state }: Rooms,
  channel: 'console' | 'command line',
): Conversation {
  return audited(conversation, state.audit, { workspaceId: defaultWorkspace, channel })
}
