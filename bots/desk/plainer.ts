import type { ChatMessage } from './chat-message.ts'
import { plainPage } from './plain-page.ts'
import { bad, neutral } from './say.ts'

/** What is said instead of a message that a platform refused with all it can show; null where nothing is plainer. */
export function plainer(message: ChatMessage): ChatMessage | null {
  switch (message.kind) {
    case 'reply':
      return message.plain ? notHere('There is an answer') : { ...message, plain: true }
    case 'page':
      return neutral(plainPage(message))
    case 'notice':
      return message.buttons.length > 0 ? { ...message, buttons: [] } : null
    case 'picker':
      return notHere(`There is a choice to make (${message.text})`)
    case 'progress':
      return null
  }
}

function notHere(what: string) {
  return bad(`${what}, but it cannot be shown here.`, { advice: 'Ask for less, or look it up in the console.' })
}
