import { createAssistant } from '#core/assistant.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import type { Generator } from '#models/generator.ts'
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
