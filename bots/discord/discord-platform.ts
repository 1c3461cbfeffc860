import { type APIDMChannel, type Client, Routes } from 'discord.js'
import type { ChatPlatform, Destination, OutgoingFile, Place } from '../desk/chat-platform.ts'
import { shortText } from '../reply/fit-table.ts'
import { findStamped } from './find-stamped.ts'
import { readHandle } from './handle.ts'
import { limits } from './limits.ts'
import { createPersonLookUp } from './look-up-person.ts'
import { PLATFORM } from './place-of.ts'
import type { Promises } from './promises.ts'
import { renderMessage } from './render-message.ts'
import { type Outgoing, sendMessage, updateMessage } from './send-message.ts'
import { stamped } from './stamp.ts'
import { sent } from './to-failure.ts'

export type PlatformParts = {
  client: Client
  /** What interactions were promised, and the languages of people, as far as they have shown. */
  promises: Promises
  locales: Map<string, string>
  /** For numbers, where a person's own is not known. */
  locale: string
}

/** Discord as the desk uses it. */
export function createDiscordPlatform({ client, promises, locales, locale }: PlatformParts): ChatPlatform {
  const lookUp = createPersonLookUp(client, locales)
  const ways = { rest: client.rest, applicationId: () => client.application?.id ?? '', promises }

  async function outgoing(
    to: Destination,
    message: Parameters<ChatPlatform['post']>[1],
    stamp: string | null,
  ): Promise<Outgoing> {
    const { components, files } = await renderMessage(message, readHandle(to.handle)?.locale ?? locale)
    return { components: stamp === null ? components : stamped(components, stamp), files }
  }

  return {
    name: PLATFORM,
    lookUp: (place, personId) => sent(() => lookUp(place, personId)),
    post: (to, message, stamp) =>
      sent(async () => sendMessage(ways, to, { ...(await outgoing(to, message, stamp)), stamp })),
    update: (posted, message, to) =>
      sent(async () => updateMessage(ways, posted, to, await outgoing(to, message, null))),
    find: (to, stamp) => sent(() => findStamped(ways, to, stamp)),
    canFind: () => true,
    upload: (to, file) =>
      sent(async () => {
        await sendMessage(ways, to, { components: [], files: [toFile(file)], stamp: null })
        return null
      }),
    openDirect: (_, personId) =>
      sent(async () => {
        const channel = await client.rest.post(Routes.userChannels(), { body: { recipient_id: personId } })
        return directPlace((channel as APIDMChannel).id)
      }),
  }
}

function toFile({ name, content, alt }: OutgoingFile): Outgoing['files'][number] {
  const attachment = Buffer.from(content)
  return { name, attachment, description: shortText(alt, limits.altText / 2) }
}

function directPlace(channel: string): Place {
  return { platform: PLATFORM, workspace: '', channel, thread: null, direct: true, shared: false }
}
