import { allowedDatabases } from './authorise.ts'
import type { ActionName, PageMessage } from './chat-message.ts'
import type { HomeView } from './desk.ts'
import { askerOf } from './person-at.ts'
import { quotasFor } from './quotas.ts'
import { button } from './reply-message.ts'
import { page } from './say.ts'
import type { Visit } from './visit.ts'

const MOST_DATABASES = 10
const MOST_QUESTIONS = 5

/** What a person's overview shows: databases, recent and saved questions, what is left for today. */
export async function homeView(visit: Visit): Promise<HomeView> {
  const { office, place, person } = visit
  const asker = askerOf(office, person)
  const allowed = allowedDatabases(office, place, person).slice(0, MOST_DATABASES)
  const databases = await Promise.all(
    allowed.map(async ({ id, name, description }) => {
      const shown = await office.conversation.databases.show(id, asker).catch(() => null)
      return { name, description, dataAge: shown?.dataAge ?? 'Cannot be read now', examples: shown?.examples ?? [] }
    }),
  )
  const recent = await office.conversation.history.list({ asker, limit: MOST_QUESTIONS })
  const saved = office.memory.saved.list(person.key, MOST_QUESTIONS)
  const page = toPage({ databases, recent, saved, quota: quotaLeft(visit) })
  return { page, examples: databases.flatMap(({ examples }) => examples) }
}

type Shown = {
  databases: { name: string; description: string; dataAge: string; examples: string[] }[]
  recent: { id: string; text: string }[]
  saved: { id: string; text: string }[]
  /** In words: "12 of 50 questions left today"; null where there is no limit. */
  quota: string | null
}

function toPage({ databases, recent, saved, quota }: Shown): PageMessage {
  const asked = (questions: { id: string; text: string }[], heading: string, actions: ActionName[]) =>
    questions.map(({ id, text }, at) => ({
      heading: at === 0 ? heading : null,
      lines: [text],
      buttons: actions.map((action) => button(action, id)),
    }))
  return page(
    'Your overview',
    [
      ...databases.map(({ name, description, dataAge, examples }) => ({
        heading: name,
        lines: [...(description ? [description] : []), dataAge, ...examples.map((example) => `“${example}”`)],
      })),
      ...asked(saved, 'Saved questions', ['ask-again', 'unsave']),
      ...asked(recent, 'Recent questions', ['ask-again']),
      ...(quota ? [{ lines: [quota] }] : []),
    ],
    [button('add-database', 'new')],
  )
}

function quotaLeft({ office, place, person }: Visit): string | null {
  const lines = quotasFor(office, place, person.key).flatMap(({ scope, perDay, used }) => {
    if (scope === 'channel' && place.direct) return []
    const left = Math.max(0, perDay - used)
    return [`${left} of ${perDay} questions left today${scope === 'channel' ? ' in this channel' : ''}`]
  })
  return lines.length > 0 ? lines.join('; ') : null
}
