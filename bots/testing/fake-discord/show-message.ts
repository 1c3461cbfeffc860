import { partsOf } from '../../discord/preview-reply.ts'
import type { PicturedLine } from '../picture-chat.ts'
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
  return messagesIn(world, channel)
    .map((message) => {
      const seen = message.onlyFor ? ` (only ${nameOf(world, message.onlyFor)} sees this)` : ''
      const replied = world.messages.find(({ id }) => id === message.replyTo)
      const to = replied ? ` (to ${nameOf(world, replied.authorId)}: ${showMessage(replied).slice(0, 40)})` : ''
      return `${whoSays(world, message)}${to}${seen}\n${withNames(world, showMessage(message))}`
    })
    .join('\n\n')
}

/** The same to be pictured, without what only one person sees; read from the very components that were sent. */
export function pictureOf(world: World, channel: Channel): PicturedLine[] {
  return messagesIn(world, channel)
    .filter(({ onlyFor }) => onlyFor === null)
    .map((message) => ({
      who: whoSays(world, message),
      isBot: message.authorId === world.application.user.id,
      isReply: message.replyTo !== null || message.interactionToken !== null,
      parts: message.content
        ? [{ kind: 'text', text: withNames(world, message.content), style: 'plain' }]
        : partsOf(message.components as unknown as Parameters<typeof partsOf>[0]),
      charts: message.attachments.flatMap(({ id }) => world.files.get(id) ?? []),
    }))
}

function messagesIn({ messages }: World, channel: Channel): Message[] {
  return messages.filter(({ channelId }) => channelId === channel.id)
}

function nameOf({ users }: World, id: string): string {
  return users.get(id)?.name ?? id
}

/** Above the answer to a command Discord shows who used it. */
function whoSays(world: World, { authorId, interactionToken }: Message): string {
  const { userId, command = null } = world.interactions.get(interactionToken ?? '') ?? {}
  const asked = userId && command ? `${nameOf(world, userId)} used /${command} · ` : ''
  return `${asked}${nameOf(world, authorId)}`
}

function withNames(world: World, text: string): string {
  return text.replace(/<@(\d+)>/g, (_, id) => `@${nameOf(world, id)}`)
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
