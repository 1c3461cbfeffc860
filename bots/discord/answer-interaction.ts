import type { Response } from '../desk/desk.ts'
import { formTooLate } from '../desk/form-too-late.ts'
import { saidBy } from '../desk/say.ts'
import type { Ears } from './ears.ts'
import { toModal } from './modal.ts'
import { toFailure } from './to-failure.ts'
import type { Visit } from './visit.ts'

/** Does with an interaction what the desk answered. */
export async function answerInteraction(ears: Ears, visit: Visit, response: Response): Promise<void> {
  const { promises } = ears
  const { interaction, doing } = visit
  if (response.kind === 'form') {
    // A form can only be the first response.
    if (!interaction.isRepliable() || interaction.isModalSubmit() || promises.isOpen(interaction.token) !== null)
      throw new Error('a form came where none was announced')
    await interaction.showModal(toModal(response.form)).catch((error: unknown) => {
      const failure = toFailure(error)
      throw failure?.kind === 'gone' && failure.what === 'handle' ? formTooLate(error) : error
    })
    return
  }
  visit.promise(promises)
  if (response.kind === 'done') return takeBack(ears, visit)
  // A form is gone once it is sent.
  await ears.desk.tell(doing, saidBy(response))
}

/** Removes the promised message where nothing came of it. */
async function takeBack({ promises }: Ears, { interaction, promised }: Visit): Promise<void> {
  const { token } = interaction
  await promises.arrived(token)
  if (promised === null || !promises.isOpen(token) || !interaction.isRepliable() || !interaction.deferred) return
  promises.fulfilled(token)
  await interaction.deleteReply()
}
