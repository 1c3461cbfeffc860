import type { ViewStateValue } from '@slack/bolt'
import type { ChatFile } from '../desk/chat-form.ts'
import { IDS } from './render-form.ts'
import { slackFile } from './slack-file.ts'

type State = { values: Record<string, Record<string, ViewStateValue>> }

/** What was filled in, by field name. */
export function readForm({ values }: State, token: string): { values: Record<string, string[]>; files: ChatFile[] } {
  const fields = Object.entries(values).flatMap(([name, elements]) => {
    const [id, element] = Object.entries(elements)[0] ?? []
    return element ? [{ name, id, element }] : []
  })
  return {
    values: Object.fromEntries(
      fields.map(({ name, id, element }) => [name, id === IDS ? idsIn(element) : valuesOf(element)]),
    ),
    files: fields.flatMap(({ element }) => (element.files ?? []).map((file) => slackFile(file, token))),
  }
}

/** Ids may be typed one a line, or with commas or blanks between them. */
function idsIn({ value }: ViewStateValue): string[] {
  return (value ?? '').split(/[\s,]+/).filter(Boolean)
}

function valuesOf(element: ViewStateValue): string[] {
  if (element.selected_users) return element.selected_users
  if (element.selected_conversations) return element.selected_conversations
  if (element.selected_options) return element.selected_options.map(({ value }) => value)
  if (element.selected_option) return [element.selected_option.value]
  return element.value ? [element.value] : []
}
