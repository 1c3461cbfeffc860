import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js'
import type { ChatFile, ChatForm, FormField } from '../desk/chat-form.ts'
import { shortText } from '../reply/fit-table.ts'
import { toOption } from './buttons.ts'
import { toChatFile } from './chat-file.ts'
import { limits } from './limits.ts'

/** A form as a modal. */
export function toModal({ id, title, fields }: ChatForm): APIModalInteractionResponseCallbackData {
  return {
    custom_id: id,
    title: shortText(title, limits.modalTitle),
    components: fields.map((field) => ({
      type: ComponentType.Label,
      label: shortText(field.label, limits.fieldLabel),
      ...(field.hint ? { description: shortText(field.hint, limits.fieldHint) } : {}),
      component: inputOf(field),
    })),
  }
}

/** What a person filled in, by the names of the fields. */
export function readModal({ fields }: ModalSubmitInteraction): { values: Record<string, string[]>; files: ChatFile[] } {
  const values: Record<string, string[]> = {}
  const files: ChatFile[] = []
  for (const [name, field] of fields.fields) {
    if (field.type === ComponentType.FileUpload) files.push(...field.attachments.map(toChatFile))
    else if ('values' in field) values[name] = [...field.values]
    else if ('value' in field) values[name] = [String(field.value)]
  }
  return { values, files }
}

function inputOf(field: FormField): APIComponentInLabel {
  const common = { custom_id: field.name, required: field.required }
  const least = field.required ? 1 : 0
  switch (field.type) {
    case 'text':
      return {
        ...common,
        type: ComponentType.TextInput,
        style: field.lines === 'one' ? TextInputStyle.Short : TextInputStyle.Paragraph,
        max_length: Math.min(field.maxLength, limits.fieldText),
        ...(field.value ? { value: field.value.slice(0, limits.fieldText) } : {}),
      }
    case 'choice': {
      const options = field.options
        .slice(0, limits.selectOptions)
        .map((choice) => ({ ...toOption(choice), default: field.chosen.includes(choice.value) }))
      const most = field.several ? options.length : 1
      return { ...common, type: ComponentType.StringSelect, options, min_values: least, max_values: most }
    }
    case 'files':
      return { ...common, type: ComponentType.FileUpload, min_values: least, max_values: field.most }
    case 'people':
      return { ...common, ...picked(field, 'user'), type: ComponentType.UserSelect, min_values: least }
    case 'groups':
      return { ...common, ...picked(field, 'role'), type: ComponentType.RoleSelect, min_values: least }
    case 'channels':
      return { ...common, ...picked(field, 'channel'), type: ComponentType.ChannelSelect, min_values: least }
  }
}

function picked<Type>({ chosen, most }: { chosen: string[]; most: number }, type: Type) {
  const max_values = Math.min(most, limits.selectOptions)
  return { max_values, default_values: chosen.slice(0, max_values).map((id) => ({ id, type })) as never }
}
