import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import type { ChatButton, Choice, PickerMessage } from '../desk/chat-message.ts'
import { shortText } from '../reply/fit-table.ts'
import { limits } from './limits.ts'

type Row = APIActionRowComponent<APIComponentInMessageActionRow>

/** Buttons in as many rows as they need. */
export function buttonRows(buttons: ChatButton[]): Row[] {
  return chunks(buttons.map(toButton), limits.buttonsInRow).map(row)
}

/** Menus to pick from. A menu takes few options, so that more of them become several menus; where several may be chosen, there is one. */
export function pickerRows({ id, options, several }: Pick<PickerMessage, 'id' | 'options' | 'several'>): Row[] {
  const menus = chunks(options, limits.selectOptions).slice(0, several ? 1 : MOST_MENUS)
  return menus.map((choices, at) =>
    row([
      {
        type: ComponentType.StringSelect,
        // Ids must differ within a message; what stands before the mark is the desk's.
        custom_id: at === 0 ? id : `${id}${MENU_MARK}${at}`,
        min_values: 1,
        max_values: several ? choices.length : 1,
        options: choices.map(toOption),
      },
    ]),
  )
}

/** A choice as an option of a menu. */
export function toOption({ label, value, description }: Choice) {
  const about = description ? { description: shortText(description, limits.optionText) } : {}
  return { label: shortText(label, limits.optionText), value, ...about }
}

/** What a press on a custom id means: the desk's own id, and whether a form is the answer. */
export function readCustomId(customId: string): { action: string; opensForm: boolean } {
  const opensForm = customId.startsWith(FORM_MARK)
  const [action = ''] = customId.slice(opensForm ? FORM_MARK.length : 0).split(MENU_MARK)
  return { action, opensForm }
}

// No id of the desk has these characters.
const FORM_MARK = '~'
const MENU_MARK = '!'
const MOST_MENUS = 4

const STYLES: Record<ChatButton['style'], APIButtonComponentWithCustomId['style']> = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
}

function toButton({ id, label, style, opensForm }: ChatButton): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    custom_id: opensForm ? `${FORM_MARK}${id}` : id,
    label: shortText(label, limits.buttonLabel),
    style: STYLES[style],
  }
}

function row(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components }
}

function chunks<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
}
