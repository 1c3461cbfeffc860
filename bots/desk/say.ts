import { advised } from '#core/rowbot-error.ts'
import type { ChatButton, NoticeMessage, PageMessage, PageSection } from './chat-message.ts'

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

/** What is wrong with a form, where it cannot be shown at its fields. */
export function formProblems(problems: Record<string, string>): NoticeMessage {
  return bad(Object.values(problems).join('\n'))
}

/** A page of sections. */
export function page(title: string, sections: Partial<PageSection>[], buttons: ChatButton[] = []): PageMessage {
  const whole = sections.map((section) => ({ heading: null, lines: [], code: null, buttons: [], ...section }))
  return { kind: 'page', title, sections: whole, buttons }
}

function notice(tone: NoticeMessage['tone'], text: string, { advice = null, buttons = [] }: Said = {}): NoticeMessage {
  return { kind: 'notice', tone, text, advice, buttons }
}
