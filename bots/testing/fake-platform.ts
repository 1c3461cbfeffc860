import type { ChatMessage } from '../desk/chat-message.ts'
import type { ChatPerson, ChatPlatform, Destination, OutgoingFile, SendFailure } from '../desk/chat-platform.ts'

export type SeenMessage = { ref: string; stamp: string; to: Destination; message: ChatMessage; history: ChatMessage[] }

/** A chat that keeps what people would see, and fails where a test says so. */
export type FakePlatform = ChatPlatform & {
  messages: SeenMessage[]
  files: { to: Destination; file: OutgoingFile }[]
  people: Map<string, Partial<ChatPerson>>
  /** Fails the next calls of a kind, in this order. */
  fail(method: Method, ...failures: SendFailure[]): void
  /** Keeps the next call of a kind under way until it is released; `reached` resolves once there is one. */
  hold(method: Method): { reached: Promise<void>; release(): void }
  /** How often each method was called. */
  calls: Record<string, number>
  /** Takes a message away, as somebody who deletes it. */
  remove(ref: string): void
  /** What may not be shown: a reply with all it can show is refused. */
  refusesRich: boolean
  /** Why nothing can be posted in channels; null where it can. */
  channelFailure: SendFailure | null
}

type Method = Exclude<keyof ChatPlatform, 'name'>

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
  const held = new Map<Method, () => Promise<void>>()
  let refs = 0

  const called = async (method: Method) => {
    calls[method] = (calls[method] ?? 0) + 1
    const passing = held.get(method)
    held.delete(method)
    await passing?.()
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
    hold(method) {
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const reached = new Promise<void>((resolve) => {
        held.set(method, () => {
          resolve()
          return released
        })
      })
      return { reached, release: () => release() }
    },
    remove: (ref) => {
      const at = messages.findIndex((one) => one.ref === ref)
      if (at >= 0) messages.splice(at, 1)
    },
    async lookUp(_place, id) {
      return (await called('lookUp')) ?? { ok: true, value: { ...MEMBER, id, name: id, ...people.get(id) } }
    },
    async post(to, message, stamp) {
      const failure = await called('post')
      if (failure) return failure
      if (fake.channelFailure && !to.place.direct) return { ok: false, failure: fake.channelFailure }
      if (isTooRich(message)) return refused
      const ref = `${name}-message-${++refs}`
      messages.push({ ref, stamp, to, message, history: [message] })
      return { ok: true, value: ref }
    },
    async update(ref, message) {
      const failure = await called('update')
      if (failure) return failure
      const seen = messages.find((one) => one.ref === ref)
      if (!seen) return { ok: false, failure: { kind: 'gone', what: 'message', detail: 'deleted' } }
      if (isTooRich(message)) return refused
      seen.message = message
      seen.history.push(message)
      return { ok: true, value: ref }
    },
    async find(_to, stamp) {
      return (await called('find')) ?? { ok: true, value: messages.find((one) => one.stamp === stamp)?.ref ?? null }
    },
    canFind: () => true,
    async upload(to, file) {
      const failure = await called('upload')
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
      return (await called('openDirect')) ?? { ok: true, value: place }
    },
  }
  return fake
}
