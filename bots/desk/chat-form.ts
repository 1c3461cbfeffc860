import type { Choice } from './chat-message.ts'

/** A form that a person fills in. It fits every platform: at most 5 fields. */
export type ChatForm = {
  /** Given back on submission. At most 100 characters; whatever it names is looked up and checked again then. */
  id: string
  /** At most 24 characters. */
  title: string
  /** The word on the button that sends it. */
  submit: string
  fields: FormField[]
}

export type FormField = {
  /** The key of its value in the submission. */
  name: string
  /** At most 45 characters. */
  label: string
  /** At most 100 characters; null where there is nothing to add. */
  hint: string | null
  required: boolean
} & (
  | { type: 'text'; lines: 'one' | 'many'; value: string; maxLength: number }
  | { type: 'choice'; options: Choice[]; several: boolean; chosen: string[] }
  /** Files from the person's machine; `endings` are file name endings without the dot. */
  | { type: 'files'; endings: string[]; most: number }
  /** People, groups (roles) or channels of the platform, by the platform's own pickers; values are ids as in ChatPerson, groups, Place. */
  | { type: 'people' | 'groups' | 'channels'; chosen: string[]; most: number }
)

/** A file that a person gave, still on the platform. */
export type ChatFile = {
  name: string
  /** As the platform says; null where it does not. */
  bytes: number | null
  /** Fetches it to a new local file, and stops with a failure once it is larger than `maxBytes`. */
  download(toFile: string, options: { maxBytes: number; signal?: AbortSignal }): Promise<void>
}
