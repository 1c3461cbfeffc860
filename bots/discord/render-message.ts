import type { APIMessageTopLevelComponent } from 'discord.js'
import type { ChatMessage, NoticeMessage, PickerMessage, ProgressMessage, ReplyMessage } from '../desk/chat-message.ts'
import { withoutOffered } from '../desk/reply-message.ts'
import { TONE_MARKS } from '../desk/tone-marks.ts'
import { plainReply } from '../reply/plain-reply.ts'
import { buttonRows, pickerRows } from './buttons.ts'
import { fitText } from './fit-text.ts'
import { limits } from './limits.ts'
import { type MessageBody, textDisplay, textLength } from './message-body.ts'
import { renderPage } from './render-page.ts'
import { renderReply } from './render-reply.ts'

/** What the desk says as a message of components. `locale` writes the numbers that have no wording yet: axes, counts of rows. */
export async function renderMessage(message: ChatMessage, locale: string): Promise<MessageBody> {
  switch (message.kind) {
    case 'progress':
      return progress(message)
    case 'reply':
      return message.plain ? plainMessage(message) : richReply(message, locale)
    case 'notice':
      return notice(message)
    case 'picker':
      return picker(message)
    case 'page':
      return renderPage(message)
  }
}

function progress({ text, buttons }: ProgressMessage): MessageBody {
  return { components: [textDisplay(`⏳ ${fitText(text, limits.text / 2)}`), ...buttonRows(buttons)], files: [] }
}

async function richReply({ reply, lead, buttons: all }: ReplyMessage, locale: string): Promise<MessageBody> {
  const above = leading(lead)
  // Two rows are enough: words are defined below the explanation.
  const buttons = all.filter(({ name }) => name !== 'add-term')
  const body = await renderReply(withoutOffered(reply, buttons, limits.buttonLabel), {
    locale,
    room: limits.text - textLength(above),
  })
  return { components: [...above, ...body.components, ...buttonRows(buttons)], files: body.files }
}

function plainMessage({ reply, lead }: ReplyMessage): MessageBody {
  const text = fitText([...lead, plainReply(reply)].join('\n'), limits.text)
  return { components: [textDisplay(text)], files: [] }
}

function leading(lead: string[]): APIMessageTopLevelComponent[] {
  return lead.length > 0 ? [textDisplay(fitText(lead.join('\n'), 500).replace(/^(?=.)/gm, '-# '))] : []
}

function notice({ tone, text, advice, buttons }: NoticeMessage): MessageBody {
  const said = `${TONE_MARKS[tone]} ${fitText(text, limits.text / 2)}${advice ? `\n${fitText(advice, limits.text / 4)}` : ''}`
  return { components: [textDisplay(said), ...buttonRows(buttons)], files: [] }
}

function picker(message: PickerMessage): MessageBody {
  const rows = [...pickerRows(message), ...buttonRows(message.buttons)]
  return { components: [textDisplay(fitText(message.text, limits.text / 2)), ...rows], files: [] }
}
