import type { AccessRules, ChatMemory } from '#core/chat-memory.ts'
import { RowbotError } from '#core/rowbot-error.ts'

/** Who may ask a database in chats, and the channels to which it belongs: there its name need not be said. */
export type Grants = AccessRules & { bound: string[] }

/** The same as people see it, with who and what is known by now, to choose from. */
export type ChatAccess = Grants & {
  known: { people: Named[]; groups: string[]; channels: string[] }
}

type Named = { id: string; name: string }

/** Who may ask a database now. */
export function chatAccess({ access, chatPeople, workspaces }: ChatMemory, databaseId: string): ChatAccess {
  const people = workspaces
    .list()
    .flatMap(({ id }) => chatPeople.members(id))
    .filter(({ id }) => FORMS.people.test(id))
  return {
    ...access.rules(databaseId),
    bound: access.channelsOf(databaseId),
    known: { people, ...access.known() },
  }
}

/** Changes who may ask a database. A channel to which it belongs may ask it. */
export function changeChatAccess(access: ChatMemory['access'], databaseId: string, { bound, ...rules }: Grants): void {
  for (const [kind, ids] of Object.entries({
    people: rules.people,
    groups: rules.groups,
    channels: rules.channels,
    bound,
  }))
    for (const id of ids) if (!FORMS[kind as keyof typeof FORMS].test(id)) throw notAnId(id)
  access.setRules(databaseId, { ...rules, channels: [...new Set([...rules.channels, ...bound])] })
  const before = access.channelsOf(databaseId)
  for (const channel of before.filter((one) => !bound.includes(one)))
    access.bind(
      channel,
      access.bound(channel).filter((id) => id !== databaseId),
    )
  for (const channel of bound.filter((one) => !before.includes(one)))
    access.bind(channel, [...access.bound(channel), databaseId])
}

const CHANNEL = /^[a-z]+:[^\s:]+:[^\s:]+$/

/** How the ids of ids.ts look. */
const FORMS = { people: /^[a-z]+:[^\s:]+$/, groups: CHANNEL, channels: CHANNEL, bound: CHANNEL }

function notAnId(id: string): RowbotError {
  return new RowbotError({
    code: 'not-an-id',
    message: `“${id}” is nobody and no place in a chat.`,
    advice:
      'Write people as slack:USER or discord:USER, channels and groups as slack:WORKSPACE:CHANNEL or discord:SERVER:CHANNEL, with the ids that the chat shows.',
  })
}
