import type { ApplicationCommandOptionChoiceData, AutocompleteFocusedOption } from 'discord.js'
import type { Choice } from '../desk/chat-message.ts'
import type { Suggested } from '../desk/desk.ts'
import { shortText } from '../reply/fit-table.ts'
import { limits } from './limits.ts'

type Suggest = (what: Suggested, typed: string) => Promise<Choice[]>

/** What is offered while somebody types in an option. */
export async function complete(
  { name, value }: Pick<AutocompleteFocusedOption, 'name' | 'value'>,
  suggest: Suggest,
): Promise<ApplicationCommandOptionChoiceData<string>[]> {
  const choices = await suggest(MEANT[name] ?? 'database', value)
  return (
    choices
      // A value that is cut off would be another question.
      .filter((choice) => choice.value.length <= limits.choiceText)
      .slice(0, limits.choices)
      .map((choice) => ({ name: shortText(choice.label, limits.choiceText), value: choice.value }))
  )
}

/** Options by their names. */
const MEANT: Record<string, Suggested> = { question: 'question', zone: 'time-zone' }
