import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Events,
  type Interaction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import { isAnsweredWithForm } from '../desk/commands/command-list.ts'
import type { Suggested } from '../desk/desk.ts'
import { answerInteraction } from './answer-interaction.ts'
import { readCustomId } from './buttons.ts'
import { complete } from './complete.ts'
import { type Ears, hear } from './ears.ts'
import { readModal } from './modal.ts'
import { readCommand } from './read-command.ts'
import { refOf } from './send-message.ts'
import { beginVisit } from './visit.ts'

/** Commands, completion, buttons, menus and forms. */
export function hearInteractions(ears: Ears): void {
  ears.client.on(Events.InteractionCreate, (interaction) => {
    ears.locales.set(interaction.user.id, interaction.locale)
    if (interaction.isAutocomplete()) void hear(ears, null, () => completed(ears, interaction))
    else void heard(ears, interaction)
  })
}

function heard(ears: Ears, interaction: Interaction): Promise<void> {
  if (interaction.isChatInputCommand())
    return interaction.commandName === 'sql' ? asked(ears, interaction) : commanded(ears, interaction)
  if (interaction.isButton() || interaction.isStringSelectMenu()) return pressed(ears, interaction)
  return interaction.isModalSubmit() ? submitted(ears, interaction) : Promise.resolve()
}

async function completed({ desk }: Ears, interaction: AutocompleteInteraction): Promise<void> {
  const { place, personId } = beginVisit(interaction, null).doing
  const suggest = (what: Suggested, typed: string) => desk.suggest({ place, personId, for: what, typed })
  await interaction.respond(await complete(interaction.options.getFocused(true), suggest))
}

function asked(ears: Ears, interaction: ChatInputCommandInteraction): Promise<void> {
  const isPrivate = interaction.options.getBoolean('private')
  const visit = beginVisit(interaction, isPrivate ? 'only-me' : 'everyone')
  return hear(ears, visit, async () => {
    const accepted = ears.desk.accept({
      ...visit.doing,
      text: interaction.options.getString('question', true),
      message: null,
      follows: null,
      database: interaction.options.getString('database'),
      visibility: isPrivate === null ? null : isPrivate ? 'only-me' : 'everyone',
    })
    if (accepted.kind !== 'refused') return visit.promise(ears.promises)
    const told = beginVisit(interaction, 'only-me')
    told.promise(ears.promises)
    await ears.desk.tell(told.doing, accepted.message)
  })
}

function commanded(ears: Ears, interaction: ChatInputCommandInteraction): Promise<void> {
  const { words, files } = readCommand(interaction)
  const opensForm = isAnsweredWithForm(words, files.length)
  const visit = beginVisit(interaction, 'only-me')
  return hear(ears, visit, async () => {
    if (!opensForm) visit.promise(ears.promises)
    await answerInteraction(ears, visit, await ears.desk.command({ ...visit.doing, words, files }))
  })
}

function pressed(ears: Ears, interaction: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
  const { action, opensForm } = readCustomId(interaction.customId)
  const visit = beginVisit(interaction, null)
  return hear(ears, visit, async () => {
    if (!opensForm) visit.promise(ears.promises)
    const values = interaction.isStringSelectMenu() ? interaction.values : []
    const message = refOf({ channel_id: interaction.channelId, id: interaction.message.id })
    await answerInteraction(ears, visit, await ears.desk.press({ ...visit.doing, action, values, message }))
  })
}

function submitted(ears: Ears, interaction: ModalSubmitInteraction): Promise<void> {
  const visit = beginVisit(interaction, interaction.isFromMessage() ? null : 'only-me')
  return hear(ears, visit, async () => {
    visit.promise(ears.promises)
    const submission = { ...visit.doing, form: interaction.customId, ...readModal(interaction) }
    await answerInteraction(ears, visit, await ears.desk.submit(submission))
  })
}
