import type { ViewStateValue } from '@slack/bolt'
import type { ChatFile } from '../desk/chat-form.ts'
import { slackFile } from './slack-file.ts'

type State = { values: Record<string, Record<string, ViewStateValue>> }

/** What was filled in, by field name. */
export function readForm({ values }: State, token: string): { values: Record<string, string[]>; files: ChatFile[] } {
  const fields = Object.entries(values).flatMap(([name, elements]) => {
    const element = Object.values(elements)[0]
    return element ? [{ name, element }] : []
  })
  return {
    values: Object.fromEntries(fields.map(({ name, element }) => [name, valuesOf(element)])),
    files: fields.flatMap(({ element }) => (element.files ?? []).map((file) => slackFile(file, token))),
  }
}

function valuesOf(element: ViewStateValue): string[] {
  if (element.selected_users) return element.selected_users
  if (element.selected_conversations) return element.selected_conversations
  if (element.selected_options) return element.selected_options.map(({ value }) => value)
  if (element.selected_option) return [element.selected_option.value]
  return element.value ? [element.value] : []
}
