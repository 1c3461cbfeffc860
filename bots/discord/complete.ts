import type { ApplicationCommandOptionChoiceData, AutocompleteFocusedOption } from 'discord.js'
import type { Choice } from '../desk/chat-message.ts'
import { shortText } from '../reply/fit-table.ts'
import { limits } from './limits.ts'

type Suggest = (what: 'database' | 'question', typed: string) => Promise<Choice[]>

/** What is offered while somebody types in an option. */
export async function complete(
  { name, value }: Pick<AutocompleteFocusedOption, 'name' | 'value'>,
  suggest: Suggest,
): Promise<ApplicationCommandOptionChoiceData<string>[]> {
  if (name === 'zone') return zonesLike(value).map((zone) => ({ name: zone, value: zone }))
  const choices = await suggest(name === 'question' ? 'question' : 'database', value)
  return (
    choices
      // A value that is cut off would be another question.
      .filter((choice) => choice.value.length <= limits.choiceText)
      .slice(0, limits.choices)
      .map((choice) => ({ name: shortText(choice.label, limits.choiceText), value: choice.value }))
  )
}

function zonesLike(typed: string): string[] {
  const wanted = typed.toLowerCase().replace(/\s+/g, '_')
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.toLowerCase().includes(wanted))
  return zones.slice(0, limits.choices)
}
