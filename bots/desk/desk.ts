import type { ChatFile, ChatForm } from './chat-form.ts'
import type { ChatMessage, Choice } from './chat-message.ts'
import type { ChatPlatform, MessageRef, Place } from './chat-platform.ts'

/**
 * The one behaviour behind every chat: adapters hand in what people do, and the desk answers through the ChatPlatform that they connected.
 * Who somebody is and what they may do is asked of the platform by the desk (`lookUp`): adapters pass ids on and decide nothing.
 */
export type Desk = {
  /** Lets the desk send through a platform, from now on until the given function is called. Work that waits for it begins. */
  connect(platform: ChatPlatform): () => void
  /**
   * Takes a question: it is in the state database when this returns, before the platform is told that it was received. All that follows
   * (place in the queue, progress, answer, refusal) is sent through the platform. Does no work that takes long.
   */
  accept(incoming: IncomingQuestion): Accepted
  /** The person's own message was edited (`text`) or deleted (null): a question that waits is changed or dropped, one that was begun already is asked anew. */
  messageChanged(changed: { place: Place; message: string; text: string | null }): void
  /** Shows something to a person alone: what was refused, what a response says, what broke. */
  tell(aside: Aside, message: ChatMessage): Promise<void>
  /** A button was pressed or something was picked. */
  press(press: Press): Promise<Response>
  /** A form was sent. */
  submit(submission: Submission): Promise<Response>
  /** A command to manage things (`/rowbot …`); an unknown one gets help. */
  command(command: Command): Promise<Response>
  /** What a person's overview shows. */
  home(person: { place: Place; personId: string }): Promise<HomeView>
  /** Databases, past questions or time zones that contain what was typed so far, at most 25. Fast: it is asked at every key. */
  suggest(asked: { place: Place; personId: string; for: Suggested; typed: string }): Promise<Choice[]>
  /** Tokens of further workspaces, encrypted in the state database. */
  installations: Installations
}

/** What can be completed while it is typed. */
export type Suggested = 'database' | 'question' | 'time-zone'

/** What every thing that a person does carries. */
export type Doing = {
  /** The platform's own id of this event or interaction: what comes twice with the same key is done once. */
  key: string
  place: Place
  personId: string
  /** What the adapter needs to answer through (an interaction's token, a response address), in its own words; kept with the question, then deleted. */
  handle: string | null
}

/** What is said to a person alone answers something that they did: a message of theirs, where there is one, or whatever `handle` stands for. */
export type Aside = Doing & { message?: string | null }

export type IncomingQuestion = Doing & {
  text: string
  /** Id of the person's own message, where there is one: answers in a thread under it, and edits and deletions refer to it. */
  message: string | null
  /** What it follows up: a message of ours, or whatever was last answered in the thread. Null: nothing, unless the place is a thread that holds an answer. */
  follows: MessageRef | null
  /** Id or name of a database that was chosen with the question; null: those that belong to the place. */
  database: string | null
  /** Who sees the answer; null: as the person has set it. */
  visibility: 'everyone' | 'only-me' | null
}

/** `known`: it came before, nothing is to be done. `refused`: nothing was kept, and `message` is to be shown to this person only. */
export type Accepted =
  | { kind: 'accepted'; questionId: string }
  | { kind: 'known'; questionId: string }
  | { kind: 'refused'; message: ChatMessage }

export type Press = Doing & {
  /** The id of the button or picker. */
  action: string
  /** What was picked. */
  values: string[]
  /** The message that the button is on; null where the adapter cannot tell. */
  message: MessageRef | null
}

export type Submission = Doing & {
  /** The id of the form. */
  form: string
  /** By field name; several values where several can be chosen. */
  values: Record<string, string[]>
  files: ChatFile[]
}

export type Command = Doing & {
  /** The words after the command's name: ['databases', 'add'], ['use', 'shop']. */
  words: string[]
  /** Files that came with it: with some, `databases add` takes them in at once instead of asking with a form. */
  files: ChatFile[]
}

/**
 * What the adapter does next. Only a press on a button that `opensForm`, and commands that do (`isAnsweredWithForm` of command-list.ts), are answered
 * with a form; everything else may be acknowledged first and take its time.
 */
export type Response =
  /** Nothing: what there is to say is sent through the platform. */
  | { kind: 'done' }
  /** Shows this to the person alone. */
  | { kind: 'say'; message: ChatMessage }
  | { kind: 'form'; form: ChatForm }
  /** The form stays open; by field name what is wrong with it. */
  | { kind: 'invalid'; problems: Record<string, string> }

export type HomeView = {
  /** Databases, recent and saved questions, what is left of limits; or why nothing is shown. A platform with a page of its own shows it there. */
  page: ChatMessage
  /** Questions that the person's databases can answer, to begin with. */
  examples: string[]
}

/** Where a platform's adapter keeps what it got when a workspace installed the bot. */
export type Installations = {
  save(installation: { platform: string; workspace: string; secret: string }): void
  /** Null where there is none, or its key is gone. */
  find(platform: string, workspace: string): string | null
  /** False where there was none. Questions and databases of the workspace stay until somebody forgets them. */
  remove(platform: string, workspace: string): boolean
  list(platform: string): string[]
}

/** What a started adapter gives. */
export type StartedAdapter = {
  /** Hears nothing new from now on, and resolves once all that was heard is handed in; the desk can go on answering. */
  stopListening(): Promise<void>
  /** Stops listening, and disconnects: the desk cannot answer any more. */
  close(): Promise<void>
}
