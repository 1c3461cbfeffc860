import { type APIComponentInMessageActionRow, type APIMessageTopLevelComponent, ComponentType } from 'discord.js'
import { replyMessage } from '../desk/reply-message.ts'
import type { PreviewPart } from '../reply/preview.ts'
import type { Reply } from '../reply/reply.ts'
import { renderMessage } from './render-message.ts'

/** A reply as Discord shows it, read back from the very components that are sent. */
export async function previewReply(reply: Reply, { locale }: { locale: string }): Promise<PreviewPart[]> {
  const { components } = await renderMessage(replyMessage(reply, { onlyMe: false }), locale)
  return partsOf(components)
}

/** Components as people see them. */
export function partsOf(components: APIMessageTopLevelComponent[]): PreviewPart[] {
  return components.flatMap(toParts)
}

function toParts(component: APIMessageTopLevelComponent): PreviewPart[] {
  switch (component.type) {
    case ComponentType.TextDisplay:
      return readText(component.content)
    case ComponentType.MediaGallery:
      return component.items.map(({ description }) => ({ kind: 'chart', alt: description ?? '' }))
    case ComponentType.ActionRow:
      return [{ kind: 'buttons', labels: component.components.flatMap(labelOf) }]
    default:
      return []
  }
}

function labelOf(part: APIComponentInMessageActionRow): string[] {
  return 'label' in part && part.label ? [part.label] : []
}

/** Our own Markdown: code between fences, small lines, everything else as text whose backslashes only escape. */
function readText(content: string): PreviewPart[] {
  return content.split(/^```\n?/m).flatMap((piece, at): PreviewPart[] => {
    if (at % 2 === 1) return [{ kind: 'text', text: piece.trimEnd(), style: 'code' }]
    return piece.split('\n').flatMap((line): PreviewPart[] => {
      const text = line.replace(/^-# /, '').replace(/\\([^0-9A-Za-z\s])/g, '$1')
      return text === '' ? [] : [{ kind: 'text', text, style: line.startsWith('-# ') ? 'small' : 'plain' }]
    })
  })
}
