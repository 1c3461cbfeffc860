import type { ChatMessage } from './chat-message.ts'

/**
 * A chat platform as the desk uses it; each adapter implements it. Nothing here is tried again or worded by the adapter: what fails is
 * given back as a failure, and the desk decides. Only defects throw.
 */
export type ChatPlatform = {
  /** As in every Place: 'slack', 'discord'. */
  name: string
  /** What the platform says about a person now, seen from a place. May be answered from a cache of minutes. */
  lookUp(place: Place, personId: string): Promise<Sent<ChatPerson>>
  /**
   * Posts a message with `stamp` (at most 25 letters, digits, `-`, `_`) on it, by which `find` can tell it later; twice the same stamp
   * within minutes should be one message.
   */
  post(to: Destination, message: ChatMessage, stamp: string): Promise<Sent<MessageRef>>
  /** Replaces a message that was posted before. `to` is where it was posted. */
  update(posted: MessageRef, message: ChatMessage, to: Destination): Promise<Sent<MessageRef>>
  /** Looks for a message with this stamp that was sent before a crash; null where there is none. */
  find(to: Destination, stamp: string): Promise<Sent<MessageRef | null>>
  /** Whether `find` can look there; where it cannot, null does not mean that nothing was sent. */
  canFind(to: Destination): boolean
  /** Sends a file beside what was posted there. */
  upload(to: Destination, file: OutgoingFile): Promise<Sent<null>>
  /** The place of direct messages with a person. */
  openDirect(workspace: string, personId: string): Promise<Sent<Place>>
  /** Only where people type the ids of groups, since there is no picker for them: whether this looks like one. */
  isGroup?(id: string): boolean
}

/** Where something is said. */
export type Place = {
  platform: string
  /** The workspace or server in which the bot is installed; '' for direct messages that belong to none. */
  workspace: string
  channel: string
  /** The thread in the channel; null outside of threads. */
  thread: string | null
  /** True where only the person and the bot are in it. */
  direct: boolean
  /** True where members of other organisations are in the channel; null where the platform does not say: then nothing is shown that they must not see. */
  shared: boolean | null
}

/** Where a message goes, and how. */
export type Destination = {
  place: Place
  /** Id of the person who alone may see it; null: everybody in the place. */
  onlyFor: string | null
  /** Id of the person's message that this answers, where there is one: the adapter answers it as its platform does, in a thread, say. */
  replyTo: string | null
  /** What the adapter gave with the question, press, command or form, to answer through it; null where there was none or it has expired. */
  handle: string | null
}

/** How a message is found again, in the adapter's own words; always the same text for the same message, since it is compared. */
export type MessageRef = string

export type OutgoingFile = {
  name: string
  mimeType: string
  content: string | Uint8Array /** What is in it, in words. */
  alt: string
}

/** A person as the platform knows them. */
export type ChatPerson = {
  /** Unique over the whole platform and the same in every place. */
  id: string
  name: string
  /** IANA name; null where the platform does not say. */
  timeZone: string | null
  /** BCP 47; null where the platform does not say. */
  locale: string | null
  /** Ids of groups or roles in this workspace. */
  groups: string[]
  isBot: boolean
  /** Administers the workspace or server. */
  isAdmin: boolean
  /** Has a restricted account in the workspace. */
  isGuest: boolean
  /** Belongs to another organisation than the workspace. */
  isForeign: boolean
  /** False where the person has left, was removed or deactivated. */
  isMember: boolean
}

export type Sent<Value> = { ok: true; value: Value } | { ok: false; failure: SendFailure }

/** Why something was not done. `detail` is for the log, in the platform's own words, without secrets. */
export type SendFailure =
  | { kind: 'rate-limited'; retryAfterMs: number; detail: string }
  /** The message, the channel or the bot's place in it is no longer there. */
  | { kind: 'gone'; what: 'message' | 'channel' | 'bot-removed' | 'person' | 'handle'; detail: string }
  /** The message with all it can show was refused: the desk asks for it in plain text. */
  | { kind: 'rich-refused'; detail: string }
  /** A scope or permission is missing; `fix` says to an administrator what to do. */
  | { kind: 'forbidden'; missing: string; fix: string; detail: string }
  /** The token is not valid any more; `fix` says to an administrator what to do. */
  | { kind: 'unauthorised'; fix: string; detail: string }
  /** Another program has the same token and has answered this already. */
  | { kind: 'elsewhere'; detail: string }
  /** The platform cannot be reached or has a failure of its own. */
  | { kind: 'unavailable'; detail: string }
