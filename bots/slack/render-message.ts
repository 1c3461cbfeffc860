import type { KnownBlock } from '@slack/types'
import type { ChatMessage, NoticeMessage, ReplyMessage } from '../desk/chat-message.ts'
import { plainPage } from '../desk/plain-page.ts'
import { withoutOffered } from '../desk/reply-message.ts'
import { TONE_MARKS } from '../desk/tone-marks.ts'
import { cutText, fitEscaped } from '../reply/cut-text.ts'
import { plainReply } from '../reply/plain-reply.ts'
import { buttonBlocks, pickerBlock } from './buttons.ts'
import { limits } from './limits.ts'
import { renderPage } from './render-page.ts'
import { renderReply } from './render-reply.ts'
import { aside, lines, richText } from './rich-text.ts'
import { escapeText } from './slack-text.ts'

/** What Slack is sent: `text` always, blocks unless plain text is wanted. */
export type SlackMessageBody = { text: string; blocks: KnownBlock[] }

export type Look = { locale: string; picture?: string | null }

/** What the desk says as a Slack message. */
export function renderMessage(message: ChatMessage, { locale, picture = null }: Look): SlackMessageBody {
  switch (message.kind) {
    case 'progress':
      return body(message.text, [
        ...richText(lines([message.text], { italic: true })),
        ...buttonBlocks(message.buttons),
      ])
    case 'reply':
      return replyBody(message, locale, picture)
    case 'notice':
      return noticeBody(message)
    case 'picker':
      return body(message.text, [
        ...richText(lines([message.text])),
        ...(message.options.length > 0 ? [pickerBlock(message)] : []),
        ...buttonBlocks(message.buttons),
      ])
    case 'page':
      return body(plainPage(message), renderPage(message, limits.blocks))
  }
}

function replyBody({ reply, lead, plain, buttons }: ReplyMessage, locale: string, picture: string | null) {
  if (plain)
    return { text: fitEscaped([...lead, plainReply(reply)].join('\n'), limits.plainText, escapeText), blocks: [] }
  // What "explain" would show stands in the message already, under that name.
  const others = buttons.filter(({ name }) => name !== 'explain')
  const blocks = [
    ...aside(lead),
    ...renderReply(withoutOffered(reply, others, limits.button), { locale, picture }),
    ...buttonBlocks(others),
  ]
  return body([...lead, reply.headline].join('\n'), blocks)
}

function noticeBody({ tone, text, advice, buttons }: NoticeMessage): SlackMessageBody {
  const said = `${TONE_MARKS[tone]} ${text}`
  return body([said, advice ?? ''].join('\n').trim(), [
    ...richText(lines([cutText(said, 2_500)]), lines([cutText(advice ?? '', 2_500)], { italic: true })),
    ...buttonBlocks(buttons),
  ])
}

function body(text: string, blocks: KnownBlock[]): SlackMessageBody {
  return { text: escapeText(cutText(text, limits.fallbackText)) || ' ', blocks }
}
