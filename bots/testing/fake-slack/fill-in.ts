import { addFile, fileObject } from './file-methods.ts'
import type { SlackElement, SlackUser, SlackView, Workspace } from './slack-world.ts'

/** What a person puts into a field, found by its label: text, labels of options or ids, or files. */
export type FormInput = string | string[] | { name: string; content: Buffer }[]

type Filling = { workspace: Workspace; user: SlackUser; baseUrl: string }

/** The values of a modal as Slack sends them. Fields that are not filled in keep what they began with. */
export function fillIn(view: SlackView, filled: Record<string, FormInput>, filling: Filling): object {
  const values: Record<string, Record<string, unknown>> = {}
  const inputs = view.blocks.filter((block) => block.type === 'input')
  const unknown = Object.keys(filled).find((label) => !inputs.some((block) => block.label?.text === label))
  if (unknown !== undefined)
    throw new Error(`no field is called "${unknown}": ${inputs.map((block) => block.label?.text).join(', ')}`)
  for (const block of inputs) {
    const { element } = block
    if (!element) continue
    const value = filledValue(element, filled[block.label?.text ?? ''], filling)
    if (isEmpty(value) && !block.optional)
      throw new Error(`"${block.label?.text}" is required: Slack does not send the form`)
    values[block.block_id ?? ''] = { [element.action_id ?? '']: { type: element.type, ...value } }
  }
  return values
}

function filledValue(element: SlackElement, given: FormInput | undefined, filling: Filling): Record<string, unknown> {
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
      return { value: typeof given === 'string' ? given || null : (element.initial_value ?? null) }
    case 'file_input':
      return { files: filesOf(given, filling) }
    case 'multi_users_select':
      return { selected_users: texts(given) ?? element.initial_users ?? [] }
    case 'multi_conversations_select':
      return { selected_conversations: texts(given) ?? element.initial_conversations ?? [] }
    case 'static_select':
    case 'radio_buttons':
      return { selected_option: chosen(element, given)?.[0] ?? element.initial_option ?? null }
    default:
      return { selected_options: chosen(element, given) ?? element.initial_options ?? [] }
  }
}

function texts(given: FormInput | undefined): string[] | undefined {
  if (given === undefined) return undefined
  return typeof given === 'string' ? [given] : given.filter((one) => typeof one === 'string')
}

function chosen(element: SlackElement, given: FormInput | undefined) {
  const labels = texts(given)
  return labels && (element.options ?? []).filter(({ text }) => labels.includes(text.text))
}

function filesOf(given: FormInput | undefined, { workspace, user, baseUrl }: Filling): object[] {
  if (given === undefined || typeof given === 'string') return []
  return given
    .filter((one) => typeof one !== 'string')
    .map(({ name, content }) => fileObject(workspace, addFile(workspace, { name, content, user: user.id }), baseUrl))
}

function isEmpty(value: Record<string, unknown>): boolean {
  return Object.values(value).every((one) => one === null || (Array.isArray(one) && one.length === 0))
}
