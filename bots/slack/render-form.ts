import type { InputBlock, InputBlockElement, ModalView } from '@slack/types'
import type { ChatForm, FormField } from '../desk/chat-form.ts'
import { cutText } from '../reply/cut-text.ts'
import { toOptions } from './buttons.ts'
import { limits } from './limits.ts'
import { plainText } from './rich-text.ts'

/** Every form is the same to Slack; which one it is stands in what the modal carries. */
export const FORM = 'rowbot-form'
/** The one element of a field; the field's name is its block's id. */
const VALUE = 'value'
/** The same where several ids are typed into it. */
export const IDS = 'ids'

const TITLE_LENGTH = 24

/** A form as a modal; `carried` comes back with it, and is checked again then. */
export function renderForm({ title, submit, fields }: ChatForm, carried: string): ModalView {
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: carried,
    title: plainText(title, TITLE_LENGTH),
    submit: plainText(submit, TITLE_LENGTH),
    blocks: fields.map(toInput),
  }
}

const GROUPS_HINT = 'Ids of user groups, such as S012ABCD, one a line: “Copy group ID” in the menu of a group'

function toInput(field: FormField): InputBlock {
  const hint = field.type === 'groups' ? GROUPS_HINT : field.hint
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, limits.header),
    ...(hint ? { hint: plainText(hint, limits.contextText) } : {}),
    optional: !field.required,
    element: toElement(field),
  }
}

const MOST_FILES = 10

function toElement(field: FormField): InputBlockElement {
  switch (field.type) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: VALUE,
        multiline: field.lines === 'many',
        max_length: Math.min(field.maxLength, limits.inputText),
        ...(field.value ? { initial_value: cutText(field.value, limits.inputText) } : {}),
      }
    case 'choice':
      return toSelect(field)
    case 'files':
      return {
        type: 'file_input',
        action_id: VALUE,
        filetypes: field.endings,
        max_files: Math.min(field.most, MOST_FILES),
      }
    case 'people':
      return {
        type: 'multi_users_select',
        action_id: VALUE,
        max_selected_items: field.most,
        ...(field.chosen.length > 0 ? { initial_users: field.chosen } : {}),
      }
    case 'channels':
      return {
        type: 'multi_conversations_select',
        action_id: VALUE,
        max_selected_items: field.most,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(field.chosen.length > 0 ? { initial_conversations: field.chosen } : {}),
      }
    // Slack has no picker for user groups: their ids are typed.
    case 'groups':
      return {
        type: 'plain_text_input',
        action_id: IDS,
        multiline: true,
        max_length: limits.inputText,
        ...(field.chosen.length > 0 ? { initial_value: field.chosen.join('\n') } : {}),
      }
  }
}

function toSelect({ options, several, chosen }: Extract<FormField, { type: 'choice' }>): InputBlockElement {
  const offered = toOptions(options)
  const picked = offered.filter(({ value }) => chosen.includes(value))
  if (several)
    return {
      type: 'multi_static_select',
      action_id: VALUE,
      options: offered,
      ...(picked.length > 0 ? { initial_options: picked } : {}),
    }
  return {
    type: 'static_select',
    action_id: VALUE,
    options: offered,
    ...(picked[0] ? { initial_option: picked[0] } : {}),
  }
}
