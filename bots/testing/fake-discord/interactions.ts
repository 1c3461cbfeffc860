import { z } from 'zod'
import { commandList, modalBody } from './check-message.ts'
import type { Messages, Written } from './messages.ts'
import { messagePayload } from './payloads.ts'
import { refusals } from './refusal.ts'
import { type Channel, FLAGS, type Interaction, type Message, type World } from './world.ts'

const ACKNOWLEDGE_WITHIN_MS = 3000
const TOKEN_LIVES_MS = 15 * 60_000

const choice = z.object({ name: z.string().min(1).max(100), value: z.string().min(1).max(100) })
const callback = z.object({ type: z.number().int(), data: z.unknown().optional() })

/** How the bot answers interactions (https://docs.discord.com/developers/interactions/receiving-and-responding). */
export function createInteractionRoutes(world: World, messages: Messages) {
  function answer(id: string, token: string, written: Written): void {
    const interaction = world.interactions.get(token)
    if (interaction?.id !== id || isLate(interaction)) throw refusals.unknownInteraction()
    if (interaction.response !== null) throw refusals.alreadyAcknowledged()
    const { type, data = {} } = callback.parse(written.body)
    const kind = KINDS[type]
    if (!kind?.to.includes(interaction.type)) throw refusals.invalidBody([`response ${type} to ${interaction.type}`])
    const isComponentOnly = type === 6 || type === 7
    if (isComponentOnly && interaction.messageId === null) throw refusals.invalidBody(['there is no message to update'])
    kind.act(interaction, { body: data, files: written.files })
    interaction.response = type
  }

  type Act = (interaction: Interaction, written: Written) => void
  /** By type of response: to which types of interaction it may be given (2 command, 3 component, 4 autocomplete, 5 form). */
  const KINDS: Record<number, { to: number[]; act: Act }> = {
    4: { to: [2, 3, 5], act: (interaction, written) => void reply(interaction, written, 0) },
    5: { to: [2, 3, 5], act: (interaction, written) => void reply(interaction, written, FLAGS.loading) },
    6: { to: [3, 5], act: () => undefined },
    7: { to: [3, 5], act: (interaction, written) => void messages.edit(pressedMessage(interaction), written) },
    8: {
      to: [4],
      act(interaction, { body }) {
        const read = z.object({ choices: z.array(choice).max(25) }).safeParse(body)
        if (!read.success) throw refusals.invalidBody(read.error.issues.map(({ message }) => message))
        interaction.choices = read.data.choices
      },
    },
    9: {
      to: [2, 3],
      act(interaction, { body }) {
        const read = modalBody.safeParse(body)
        if (!read.success)
          throw refusals.invalidBody(read.error.issues.map(({ path, message }) => `${path}: ${message}`))
        interaction.modal = read.data as Interaction['modal']
      },
    },
  }

  function reply(interaction: Interaction, written: Written, set: number): void {
    const message = messages.create(written, { ...placeOf(interaction, written), flags: set })
    interaction.originalId = message.id
  }

  function placeOf(interaction: Interaction, { body }: Written) {
    const isEphemeral = (flagsOf(body) & FLAGS.ephemeral) !== 0
    const channel = world.channels.get(interaction.channelId) ?? goneChannel(interaction)
    return { channel, interactionToken: interaction.token, onlyFor: isEphemeral ? interaction.userId : null }
  }

  function pressedMessage({ messageId }: Interaction): Message {
    return world.messages.find(({ id }) => id === messageId) ?? unknownMessage()
  }

  /** The interaction of a token that may still be used. */
  function live(applicationId: string, token: string): Interaction {
    const interaction = world.interactions.get(token)
    if (applicationId !== world.application.id || !interaction) throw refusals.unknownWebhook()
    if (interaction.expired || Date.now() - interaction.createdAt > TOKEN_LIVES_MS) throw refusals.invalidWebhookToken()
    // Before its first response an interaction has no messages.
    if (interaction.response === null) throw refusals.unknownWebhook()
    return interaction
  }

  function messageOf(interaction: Interaction, id: string): Message {
    const wanted = id === '@original' ? (interaction.originalId ?? interaction.messageId) : id
    const found = world.messages.find((message) => message.id === wanted)
    const isItsOwn = found?.interactionToken === interaction.token || found?.id === interaction.messageId
    return found && isItsOwn ? found : unknownMessage()
  }

  return {
    answer,
    followUp(applicationId: string, token: string, written: Written): object {
      const interaction = live(applicationId, token)
      return messagePayload(world, messages.create(written, placeOf(interaction, written)))
    },
    get: (applicationId: string, token: string, id: string) =>
      messagePayload(world, messageOf(live(applicationId, token), id)),
    edit: (applicationId: string, token: string, id: string, written: Written) =>
      messagePayload(world, messages.edit(messageOf(live(applicationId, token), id), written)),
    remove: (applicationId: string, token: string, id: string) =>
      messages.remove(messageOf(live(applicationId, token), id)),
    setCommands(body: unknown): object[] {
      const read = commandList.safeParse(body)
      if (!read.success)
        throw refusals.invalidBody(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
      world.commands = read.data as World['commands']
      return read.data.map((command) => ({
        ...command,
        ...registered,
        id: world.newId(),
        application_id: world.application.id,
      }))
    },
  }
}

const registered = { type: 1, version: '1', default_member_permissions: null, nsfw: false }

function isLate({ createdAt, expired }: Interaction): boolean {
  return expired || Date.now() - createdAt > ACKNOWLEDGE_WITHIN_MS
}

function flagsOf(body: unknown): number {
  return z.object({ flags: z.number() }).safeParse(body).data?.flags ?? 0
}

function unknownMessage(): never {
  throw refusals.unknownMessage()
}

/** An interaction can be answered even where its channel is no longer there for the bot. */
function goneChannel({ channelId }: Interaction): Channel {
  const allowed = { view: false, send: false, attach: false, history: false }
  return { id: channelId, name: 'deleted', guildId: null, recipientId: null, allowed }
}
