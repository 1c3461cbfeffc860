import { type Interaction, MessageFlags } from 'discord.js'
import type { Doing } from '../desk/desk.ts'
import { type Handle, writeHandle } from './handle.ts'
import { placeOf } from './place-of.ts'
import type { Promises } from './promises.ts'

/** An interaction on its way: what the desk is told of it, and its first response. */
export type Visit = {
  doing: Doing
  interaction: Interaction
  promised: Handle['promised']
  /** Gives the first response, if there was none, so that Discord goes on waiting: a message to come, or nothing. Its failure shows in what is sent later. */
  promise(promises: Promises): void
}

/** What a person did, with a handle through which it can be answered. */
export function beginVisit(interaction: Interaction, promised: Handle['promised']): Visit {
  const { id, token, locale, user } = interaction
  const where = { channelId: interaction.channelId ?? '', guildId: interaction.guildId }
  return {
    doing: {
      key: `interaction:${id}`,
      place: placeOf(interaction.channel, where),
      personId: user.id,
      // By our own clock, which may differ from Discord's.
      handle: writeHandle({ token, at: Date.now(), promised, locale }),
    },
    interaction,
    promised,
    promise(promises) {
      if (promises.isOpen(token) === null) promises.made(token, firstResponse(interaction, promised))
    },
  }
}

async function firstResponse(interaction: Interaction, promised: Handle['promised']): Promise<void> {
  if (!interaction.isRepliable()) return
  if (promised !== null) await interaction.deferReply(promised === 'only-me' ? { flags: MessageFlags.Ephemeral } : {})
  else if (interaction.isMessageComponent()) await interaction.deferUpdate()
  else if (interaction.isModalSubmit() && interaction.isFromMessage()) await interaction.deferUpdate()
}
