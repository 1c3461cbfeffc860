import { advised } from '#core/rowbot-error.ts'
import type { ChatButton, ChatMessage, NoticeMessage, PageMessage, PageSection } from './chat-message.ts'
import type { Response } from './desk.ts'

type Said = { advice?: string | null; buttons?: ChatButton[] }

/** Something went as it should. */
export const good = (text: string, said?: Said) => notice('good', text, said)

/** Something to know. */
export const neutral = (text: string, said?: Said) => notice('neutral', text, said)

/** Something did not work, or may not be done. */
export const bad = (text: string, said?: Said) => notice('bad', text, said)

/** An error in words. */
export function problem(error: unknown): NoticeMessage {
  const { message, advice } = advised(error)
  return bad(message, { advice })
}

/** What a response says to the person: also what is wrong with a form, where that cannot be shown at its fields. */
export function saidBy(response: Extract<Response, { kind: 'say' | 'invalid' }>): ChatMessage {
  return response.kind === 'say' ? response.message : bad(Object.values(response.problems).join('\n'))
}

/** A page of sections. */
export function page(title: string, sections: Partial<PageSection>[], buttons: ChatButton[] = []): PageMessage {
  const whole = sections.map((section) => ({ heading: null, lines: [], code: null, buttons: [], ...section }))
  return { kind: 'page', title, sections: whole, buttons }
}

function notice(tone: NoticeMessage['tone'], text: string, { advice = null, buttons = [] }: Said = {}): NoticeMessage {
  return { kind: 'notice', tone, text, advice, buttons }
}
