import type { Reply } from '../reply/reply.ts'

/**
 * What is said in a chat, as plain data: an adapter renders each kind in its platform's own way and words nothing. All texts are plain and
 * untrusted (names, cells, questions stand in them): the adapter escapes them. `buttons` are in the order in which they are to be offered.
 */
export type ChatMessage = ProgressMessage | ReplyMessage | NoticeMessage | PickerMessage | PageMessage

/** A question that waits or is worked on; the same message becomes the answer. */
export type ProgressMessage = {
  kind: 'progress'
  /** One line: "2 questions are before yours", "Reading shop… writing SQL…". */
  text: string
  buttons: ChatButton[]
}

/** The answer. */
export type ReplyMessage = {
  kind: 'reply'
  reply: Reply
  /** Lines that belong above the answer: "Shared by Ana", "Verified by Ben on 3 Nov 2026". */
  lead: string[]
  /** True where the platform refused this message with all it can show: only plain text now; the rows follow as a file. */
  plain: boolean
  buttons: ChatButton[]
}

/** Something short that a person must know: a refusal, an error, a confirmation. */
export type NoticeMessage = {
  kind: 'notice'
  tone: 'good' | 'neutral' | 'bad'
  text: string
  /** What to do next; null where there is nothing to do. */
  advice: string | null
  buttons: ChatButton[]
}

/** A choice that has to be made before work goes on, such as which database belongs to a channel. */
export type PickerMessage = {
  kind: 'picker'
  text: string
  /** Given back as the press's `action`; what was chosen as its `values`. */
  id: string
  options: Choice[]
  /** True where several may be chosen. */
  several: boolean
  buttons: ChatButton[]
}

/** Several things to read: help, a list of databases, an explanation, the state of the queue. */
export type PageMessage = {
  kind: 'page'
  title: string
  sections: PageSection[]
  buttons: ChatButton[]
  /** Ids of people whom the platform is to tell of the message. */
  mention?: string[]
}

export type PageSection = {
  /** Null for text that needs none. */
  heading: string | null
  lines: string[]
  /** SQL, to be shown as code; null where there is none. */
  code: string | null
  buttons: ChatButton[]
}

export type Choice = { label: string /** At most 100 characters. */; value: string; description: string | null }

export type ChatButton = {
  name: ActionName
  /** Given back as the press's `action`. At most 100 characters of letters, digits and `:._-`; the adapter reads nothing out of it. */
  id: string
  label: string
  style: 'plain' | 'primary' | 'danger'
  /** True where a press is answered with a form: a platform on which a form must be the first response must not acknowledge before. */
  opensForm: boolean
}

/** What buttons do. An adapter may leave out one whose effect it shows already ("explain" where the explanation is in the message), or that another one leads to ("add-term" stands below the explanation). */
export type ActionName =
  | 'stop'
  | 'ask-more'
  | 'edit-sql'
  | 'csv'
  | 'explain'
  | 'save'
  | 'unsave'
  | 'share'
  | 'thumb-up'
  | 'thumb-down'
  | 'ask-again'
  | 'ask-this'
  | 'add-term'
  | 'add-database'
  | 'remove-database'
  | 'access'
  | 'newly-broken'
