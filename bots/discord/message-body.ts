import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js'

/** A message made of components, and the files that these refer to. */
export type MessageBody = {
  components: APIMessageTopLevelComponent[]
  files: { name: string; attachment: Buffer; description?: string }[]
  /** Ids of people whom Discord is to tell. */
  mention?: string[]
}

/** A paragraph of Markdown; foreign parts in it must be escaped already. */
export function textDisplay(content: string): APIMessageTopLevelComponent {
  return { type: ComponentType.TextDisplay, content }
}

/** How much of a message's room for text these components take. */
export function textLength(components: APIMessageTopLevelComponent[]): number {
  return components.reduce((sum, part) => sum + (part.type === ComponentType.TextDisplay ? part.content.length : 0), 0)
}

/** A file that comes with the message, shown where it stands. */
export function fileDisplay(name: string): APIMessageTopLevelComponent {
  return { type: ComponentType.File, file: { url: `attachment://${name}` } }
}
