import type { ChatMessage } from '../desk/chat-message.ts'
import type { ChatPerson, ChatPlatform, Destination, OutgoingFile, SendFailure } from '../desk/chat-platform.ts'

export type SeenMessage = { ref: string; stamp: string; to: Destination; message: ChatMessage; history: ChatMessage[] }

/** A chat that keeps what people would see, and fails where a test says so. */
export type FakePlatform = ChatPlatform & {
  messages: SeenMessage[]
  files: { to: Destination; file: OutgoingFile }[]
  people: Map<string, Partial<ChatPerson>>
  /** Fails the next calls of a kind, in this order. */
  fail(method: 'post' | 'update' | 'find' | 'upload' | 'lookUp' | 'openDirect', ...failures: SendFailure[]): void
  /** How often each method was called. */
  calls: Record<string, number>
  /** Takes a message away, as somebody who deletes it. */
  remove(ref: string): void
  /** What may not be shown: a reply with all it can show is refused. */
  refusesRich: boolean
  /** Why nothing can be posted in channels; null where it can. */
  channelFailure: SendFailure | null
}

const MEMBER: Omit<ChatPerson, 'id' | 'name'> = {
  timeZone: 'UTC',
  locale: 'en-US',
  groups: [],
  isBot: false,
  isAdmin: false,
  isGuest: false,
  isForeign: false,
  isMember: true,
}

/** A platform in memory. Everybody is a member by the name of their id, unless `people` says otherwise. */
export function createFakePlatform(name = 'chat'): FakePlatform {
  const messages: SeenMessage[] = []
  const files: FakePlatform['files'] = []
  const people: FakePlatform['people'] = new Map()
  const failures = new Map<string, SendFailure[]>()
  const calls: Record<string, number> = {}
  let refs = 0

  const called = (method: string) => {
    calls[method] = (calls[method] ?? 0) + 1
    const failure = failures.get(method)?.shift()
    return failure && { ok: false as const, failure }
  }
  const isTooRich = (message: ChatMessage) => fake.refusesRich && message.kind === 'reply' && !message.plain
  const refused = { ok: false as const, failure: { kind: 'rich-refused' as const, detail: 'too rich' } }

  const fake: FakePlatform = {
    name,
    messages,
    files,
    people,
    calls,
    refusesRich: false,
    channelFailure: null,
    fail: (method, ...next) => void failures.set(method, [...(failures.get(method) ?? []), ...next]),
    remove: (ref) => {
      const at = messages.findIndex((one) => one.ref === ref)
      if (at >= 0) messages.splice(at, 1)
    },
    async lookUp(_place, id) {
      return called('lookUp') ?? { ok: true, value: { ...MEMBER, id, name: id, ...people.get(id) } }
    },
    async post(to, message, stamp) {
      const failure = called('post')
      if (failure) return failure
      if (fake.channelFailure && !to.place.direct) return { ok: false, failure: fake.channelFailure }
      if (isTooRich(message)) return refused
      const ref = `${name}-message-${++refs}`
      messages.push({ ref, stamp, to, message, history: [message] })
      return { ok: true, value: ref }
    },
    async update(ref, message) {
      const failure = called('update')
      if (failure) return failure
      const seen = messages.find((one) => one.ref === ref)
      if (!seen) return { ok: false, failure: { kind: 'gone', what: 'message', detail: 'deleted' } }
      if (isTooRich(message)) return refused
      seen.message = message
      seen.history.push(message)
      return { ok: true, value: ref }
    },
    async find(_to, stamp) {
      return called('find') ?? { ok: true, value: messages.find((one) => one.stamp === stamp)?.ref ?? null }
    },
    async upload(to, file) {
      const failure = called('upload')
      if (!failure) files.push({ to, file })
      return failure ?? { ok: true, value: null }
    },
    async openDirect(workspace, personId) {
      const place = {
        platform: name,
        workspace,
        channel: `direct-${personId}`,
        thread: null,
        direct: true,
        shared: false,
      }
      return called('openDirect') ?? { ok: true, value: place }
    },
  }
  return fake
}
