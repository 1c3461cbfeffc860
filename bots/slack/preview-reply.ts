import type { DataTableBlock, KnownBlock, RichTextBlock } from '@slack/types'
import { replyMessage } from '../desk/reply-message.ts'
import type { PreviewPart } from '../reply/preview.ts'
import type { Reply } from '../reply/reply.ts'
import { renderMessage } from './render-message.ts'

/** A reply as Slack shows it, read back from the very blocks that are sent. */
export async function previewReply(reply: Reply, { locale }: { locale: string }): Promise<PreviewPart[]> {
  const { blocks } = renderMessage(replyMessage(reply, { onlyMe: false }), { locale, picture: PICTURE })
  return partsOf(blocks)
}

/** Blocks as people see them. */
export function partsOf(blocks: KnownBlock[]): PreviewPart[] {
  return blocks.flatMap(toParts)
}

/** Stands for the chart, which is uploaded first where it is really sent. */
const PICTURE = 'preview'

function toParts(block: KnownBlock): PreviewPart[] {
  switch (block.type) {
    case 'rich_text':
      return block.elements.map(richPart)
    case 'context':
      return block.elements.flatMap((one) => ('text' in one ? [{ kind: 'text', text: one.text, style: 'small' }] : []))
    case 'data_table':
      return [tablePart(block)]
    case 'image':
      return [{ kind: 'chart', alt: block.alt_text }]
    case 'actions':
      return [
        { kind: 'buttons', labels: block.elements.flatMap((one) => (one.type === 'button' ? [one.text.text] : [])) },
      ]
    case 'context_actions':
      return block.elements.flatMap((one) =>
        one.type === 'feedback_buttons'
          ? [{ kind: 'buttons', labels: [one.positive_button.text.text, one.negative_button.text.text] }]
          : [],
      )
    case 'container':
      return [{ kind: 'folded', title: block.title?.text ?? '', parts: partsOf(block.child_blocks) }]
    default:
      return []
  }
}

function richPart(element: RichTextBlock['elements'][number]): PreviewPart {
  const { type, elements } = element
  const style = type === 'rich_text_preformatted' ? 'code' : isBold(element) ? 'strong' : 'plain'
  const text =
    type === 'rich_text_list' ? elements.map((one) => `• ${textOf(one.elements)}`).join('\n') : textOf(elements)
  return { kind: 'text', text, style }
}

function isBold({ elements }: RichTextBlock['elements'][number]): boolean {
  const [first] = elements
  return first !== undefined && 'style' in first && typeof first.style === 'object' && first.style.bold === true
}

function textOf(elements: readonly object[]): string {
  return elements.map((one) => ('text' in one ? String(one.text) : '')).join('')
}

function tablePart({ rows }: DataTableBlock): PreviewPart {
  const [columns = [], ...rest] = rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : '')))
  return { kind: 'table', columns, rows: rest }
}
