import { type Client, Events, type Message, type PartialMessage } from 'discord.js'
import type { IncomingQuestion } from '../desk/desk.ts'
import { type Ears, hear } from './ears.ts'
import { placeOf } from './place-of.ts'
import { refOf } from './send-message.ts'

/** Direct messages, mentions of the bot and replies to it are questions; edits and deletions of them are passed on. */
export function hearMessages(ears: Ears): void {
  const { client, desk } = ears
  client.on(Events.MessageCreate, (message) =>
    hear(ears, null, async () => {
      const question = toQuestion(client, message)
      const accepted = question && desk.accept(question)
      if (question && accepted?.kind === 'refused') await desk.tell(question, accepted.message)
    }),
  )
  client.on(Events.MessageUpdate, (_, message) =>
    hear(ears, null, async () => {
      // Without an edit by its author a message changes too: when a picture of a link in it is added, say.
      if (message.author?.bot || message.editedTimestamp === null) return
      // Nor is what it says known where it does not mention the bot any more and the privileged intent is missing.
      if (!message.content) return
      desk.messageChanged({ ...whereIs(message), text: withoutMention(client, message.content) })
    }),
  )
  client.on(Events.MessageDelete, (message) =>
    hear(ears, null, async () => desk.messageChanged({ ...whereIs(message), text: null })),
  )
}

function whereIs(message: Message | PartialMessage) {
  return { place: placeOf(message.channel, message), message: message.id }
}

function toQuestion(client: Client, message: Message): IncomingQuestion | null {
  if (message.author.bot || message.system || message.webhookId !== null) return null
  const where = whereIs(message)
  const repliedTo = message.channel.messages.cache.get(message.reference?.messageId ?? '')
  const isToUs = repliedTo !== undefined && repliedTo.author.id === client.user?.id
  const isForUs = where.place.direct || isToUs || message.mentions.users.has(client.user?.id ?? '')
  // Without the privileged intent, what neither mentions the bot nor pings it by a reply arrives empty.
  if (!isForUs || message.content === '') return null
  return {
    ...where,
    key: `message:${message.id}`,
    personId: message.author.id,
    handle: null,
    text: withoutMention(client, message.content),
    follows: isToUs ? refOf({ channel_id: repliedTo.channelId, id: repliedTo.id }) : null,
    database: null,
    visibility: null,
  }
}

function withoutMention(client: Client, text: string): string {
  return text.replaceAll(`<@${client.user?.id}>`, ' ').replaceAll(`<@!${client.user?.id}>`, ' ').trim()
}
