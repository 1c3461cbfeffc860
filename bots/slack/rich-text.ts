import type { ContextBlock, PlainTextElement, RichTextBlock, RichTextBlockElement } from '@slack/types'
import { cutText } from '../reply/cut-text.ts'
import { limits } from './limits.ts'

/** Text that Slack shows as it stands, `:smile:` too. */
export function plainText(text: string, maxUnits: number): PlainTextElement {
  return { type: 'plain_text', text: cutText(text, maxUnits) || ' ', emoji: false }
}

/** Parts of formatted text. Text in it is never read as markup, so data need no escaping here. */
export function richText(...elements: (RichTextBlockElement | null)[]): RichTextBlock[] {
  const present = elements.filter((element) => element !== null)
  return present.length > 0 ? [{ type: 'rich_text', elements: present }] : []
}

/** Lines, the first words of which may be bold; null where there are none. */
export function lines(texts: string[], style: { bold?: boolean; italic?: boolean } = {}): RichTextBlockElement | null {
  const text = texts.filter(Boolean).join('\n')
  return text ? { type: 'rich_text_section', elements: [{ type: 'text', text, style }] } : null
}

export function bullets(texts: string[]): RichTextBlockElement | null {
  const present = texts.filter(Boolean)
  if (present.length === 0) return null
  const elements = present.map((text) => ({
    type: 'rich_text_section' as const,
    elements: [{ type: 'text' as const, text }],
  }))
  return { type: 'rich_text_list', style: 'bullet', elements }
}

export function code(text: string): RichTextBlockElement | null {
  return text ? { type: 'rich_text_preformatted', elements: [{ type: 'text', text }] } : null
}

/** Small grey text. */
export function aside(texts: string[], maxUnits: number = limits.contextText): ContextBlock[] {
  const text = texts.filter(Boolean).join('\n')
  return text ? [{ type: 'context', elements: [plainText(text, maxUnits)] }] : []
}
