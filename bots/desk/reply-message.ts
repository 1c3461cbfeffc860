import { HOW_TITLE } from '../reply/how-title.ts'
import type { Reply } from '../reply/reply.ts'
import type { ActionName, ChatButton, ReplyMessage } from './chat-message.ts'
import { actionId } from './ids.ts'

const LABELS: Record<ActionName, string> = {
  stop: 'Stop',
  'ask-more': 'Ask more',
  'edit-sql': 'Edit SQL',
  csv: 'CSV',
  explain: HOW_TITLE,
  save: 'Save',
  unsave: 'Remove',
  share: 'Share here',
  'thumb-up': '👍',
  'thumb-down': '👎',
  'ask-again': 'Ask again',
  'ask-this': 'Ask this',
  'add-term': 'Define a word',
  'add-database': 'Add a database',
  'remove-database': 'Remove',
  access: 'Who may ask',
  'newly-broken': 'Newly broken',
}

const OPENS_FORM = new Set<ActionName>(['ask-more', 'edit-sql', 'add-term', 'add-database', 'access'])

const MOST_SUGGESTIONS = 4

/** A button that does something with a question or a database. */
export function button(name: ActionName, about: string, changes: Partial<ChatButton> = {}): ChatButton {
  const id = actionId(name, about)
  return { name, id, label: LABELS[name], style: 'plain', opensForm: OPENS_FORM.has(name), ...changes }
}

type About = { onlyMe: boolean; lead?: string[]; plain?: boolean }

/** A reply with what can be done next. */
export function replyMessage(reply: Reply, { onlyMe, lead = [], plain = false }: About): ReplyMessage {
  return { kind: 'reply', reply, lead, plain, buttons: replyButtons(reply, onlyMe) }
}

function replyButtons(reply: Reply, onlyMe: boolean): ChatButton[] {
  const { questionId } = reply
  const make = (name: ActionName) => button(name, questionId)
  const offered = reply.actions.flatMap((action): ChatButton[] => {
    if (action === 'feedback') return [make('thumb-up'), make('thumb-down')]
    if (action === 'follow-up') return [make('ask-more')]
    return [make(action)]
  })
  if (reply.kind === 'answered')
    return [...offered, make('explain'), make('save'), make('add-term'), ...(onlyMe ? [make('share')] : [])]
  return [...suggested(reply.suggestions, questionId), ...offered]
}

/** A reply as it is shown with these buttons: suggestions that stand on them in full are not listed as well. */
export function withoutOffered(reply: Reply, buttons: ChatButton[], longestLabel: number): Reply {
  if (reply.kind === 'answered') return reply
  const offered = buttons.flatMap(({ name, label }) =>
    name === 'ask-this' && label.length <= longestLabel ? [label] : [],
  )
  return { ...reply, suggestions: reply.suggestions.filter((suggestion) => !offered.includes(suggestion)) }
}

/** Questions to ask instead. Only their places go into the buttons: the texts are read from the answer again. */
function suggested(suggestions: string[], questionId: string): ChatButton[] {
  return suggestions
    .slice(0, MOST_SUGGESTIONS)
    .map((text, at) =>
      button('ask-this', questionId, { id: actionId('ask-this', questionId, String(at)), label: text }),
    )
}
