import { readMarkdown } from './read-markdown.ts'
import { type Channel, type Component, FLAGS, type Message, type Modal, type World } from './world.ts'

/** A message as people read it, as plain text: code as it stands, buttons in brackets, pictures by what they show. */
export function showMessage({ content, components, attachments, flags }: Message): string {
  if (flags & FLAGS.loading) return '… is thinking'
  const isV2 = (flags & FLAGS.componentsV2) !== 0
  const files = isV2 ? [] : attachments.map(({ filename, description }) => showFile(filename, description))
  return [content ? plain(content) : '', ...components.map(showComponent), ...files].filter(Boolean).join('\n')
}

/** A channel, who said what; what only one person sees is marked. */
export function showChannel(world: World, channel: Channel): string {
  const nameOf = (id: string) => world.users.get(id)?.name ?? id
  return world.messages
    .filter(({ channelId }) => channelId === channel.id)
    .map((message) => {
      const seen = message.onlyFor ? ` (only ${nameOf(message.onlyFor)} sees this)` : ''
      const replied = world.messages.find(({ id }) => id === message.replyTo)
      const to = replied ? ` (to ${nameOf(replied.authorId)}: ${showMessage(replied).slice(0, 40)})` : ''
      return `${nameOf(message.authorId)}${to}${seen}\n${showMessage(message)}`
    })
    .join('\n\n')
}

/** A form as people see it. */
export function showModal({ title, components }: Modal): string {
  return [`[${title}]`, ...components.map(showComponent)].join('\n')
}

/** Markup, links and mentions that took effect in a message, but for what the bot itself may use. */
export function effectsOf({ content, components }: Message): string[] {
  const texts = [content, ...textsOf(components)]
  const own = /^(?:heading|bold|list): /
  return texts.flatMap((text) => readMarkdown(text).active).filter((effect) => !own.test(effect))
}

function textsOf(components: Component[]): string[] {
  return components.flatMap((part) => (typeof part.content === 'string' ? [part.content] : []))
}

function plain(markdown: string): string {
  return readMarkdown(markdown).text.trim()
}

function showFile(name: string, alt: unknown): string {
  return `📎 ${name}${alt ? ` (${alt})` : ''}`
}

function showComponent(part: Component): string {
  switch (part.type) {
    case 1:
      return inside(part).map(showComponent).join(' ')
    case 2:
      return `[${part.label}]`
    case 3:
      return `[choose: ${(part.options as { label: string }[]).map(({ label }) => label).join(', ')}]`
    case 4:
      return part.value ? `<${part.value}>` : '<…>'
    case 10:
      return plain(String(part.content))
    case 12:
      return (part.items as { description?: string }[]).map(({ description }) => `🖼 ${description ?? ''}`).join('\n')
    case 13:
      return showFile((part.file as { url: string }).url.replace('attachment://', ''), null)
    case 18:
      return `${part.label}: ${showComponent(part.component as Component)}`
    case 19:
      return '<file>'
    default:
      return inside(part).map(showComponent).join('\n')
  }
}

function inside({ components }: Component): Component[] {
  return Array.isArray(components) ? components : []
}
