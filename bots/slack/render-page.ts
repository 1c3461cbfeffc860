import type { KnownBlock } from '@slack/types'
import type { PageMessage, PageSection } from '../desk/chat-message.ts'
import { cutText } from '../reply/cut-text.ts'
import { buttonBlocks } from './buttons.ts'
import { limits } from './limits.ts'
import { code, lines, plainText, richText } from './rich-text.ts'

const SHARES = { lines: 2_500, code: 2_000, heading: 200 }

/** Several things to read, in at most `maxBlocks` blocks; what does not fit is shown by its number: "… 3". */
export function renderPage({ title, sections, buttons, mention = [] }: PageMessage, maxBlocks: number): KnownBlock[] {
  const last = buttonBlocks(buttons)
  const blocks: KnownBlock[] = [{ type: 'header', text: plainText(title, limits.header) }, ...mentions(mention)]
  let room = limits.messageText - JSON.stringify(last).length
  for (const [at, section] of sections.entries()) {
    const next = sectionBlocks(section)
    room -= JSON.stringify(next).length
    if (room < 0 || blocks.length + next.length + last.length >= maxBlocks) {
      blocks.push(...richText(lines([`… ${sections.length - at}`])))
      break
    }
    blocks.push(...next)
  }
  return [...blocks, ...last]
}

/** Only this element tells people; an id in a text never does. */
function mentions(ids: string[]): KnownBlock[] {
  const elements = ids.flatMap((id) => [
    { type: 'user' as const, user_id: id },
    { type: 'text' as const, text: ' ' },
  ])
  return richText(elements.length > 0 ? { type: 'rich_text_section', elements } : null)
}

function sectionBlocks({ heading, lines: texts, code: sql, buttons }: PageSection): KnownBlock[] {
  return [
    ...richText(
      lines([cutText(heading ?? '', SHARES.heading)], { bold: true }),
      lines([cutText(texts.join('\n'), SHARES.lines)]),
      code(cutText(sql ?? '', SHARES.code)),
    ),
    ...buttonBlocks(buttons),
  ]
}
