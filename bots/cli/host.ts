import type { Readable } from 'node:stream'
import type { Asker } from '#core/question.ts'
import type { ChatSetup } from '../chat-setup.ts'
import type { Conversation, TakenIn } from '../conversation/conversation.ts'
import type { Finding } from '../finding.ts'
import type { EvaluationHost } from './evaluation-host.ts'
import type { KnowledgeHost } from './knowledge-host.ts'
import type { TrainingHost } from './training-host.ts'

/** Databases and memory, opened without a model. Whoever opens it closes it. */
export type Shelf = {
  /** The person at this terminal. */
  asker: Asker
  databases: Conversation['databases'] & {
    /** Registers a file that stays where it is. */
    addPath(path: string, about: { name: string; description: string }): Promise<TakenIn>
    /** Reads schema and values of a database anew. */
    refresh(idOrName: string): Promise<void>
    /** Columns that must never show in prompts, answers or the value index. */
    setSensitive(idOrName: string, columns: { table: string; column: string }[]): Promise<void>
  }
  /** Deletes what a person asked and was answered. Gives the number of questions deleted. */
  forget(personId: string): number
  close(): Promise<void>
}

/** The whole program, opened to answer questions. */
export type Rowbot = Shelf & {
  conversation: Conversation
  /** Puts a file within reach of this process only; gives the id to ask with. */
  borrow(path: string): Promise<string>
}

/** A model that can be chosen. */
export type ModelView = {
  name: string
  description: string
  /** Bytes to download; 0 for what is already here. */
  bytes: number
  memoryBytes: number
  licence: string
  installed: boolean
  inUse: boolean
}

export type PullProgress = { stage: 'fetching' | 'checking'; bytes: number; totalBytes: number }

export type Flags = Record<string, unknown>

/** The program behind the command line: the composition root supplies it. */
export type Host = {
  open(flags: Flags): Promise<Rowbot>
  openShelf(flags: Flags): Promise<Shelf>
  /** Starts everything that serves people and stays until the signal aborts. Calls `onReady` with the console's address. */
  serve(flags: Flags, onReady: (url: string) => void, signal: AbortSignal): Promise<void>
  models: {
    list(flags: Flags): Promise<ModelView[]>
    /** Gives the path of the file. */
    pull(name: string, flags: Flags, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<string>
    /** Saves the choice. `overruled` where an environment variable says otherwise. */
    use(name: string, flags: Flags): Promise<{ overruled: boolean }>
  }
  evaluate: EvaluationHost
  training: TrainingHost
  /** By name: 'slack', 'discord'. */
  chats: Record<string, ChatSetup>
  knowledge: KnowledgeHost
  doctor(flags: Flags): Promise<Finding[]>
  /** Gives what is not in the backup and why, in words. */
  backup(folder: string, flags: Flags): Promise<string[]>
  /** Gives the folder that holds what was there before. */
  restore(folder: string, flags: Flags): Promise<string>
}

/** Where a command reads and writes. */
export type Terminal = {
  input: Readable & { isTTY?: boolean }
  write(text: string): void
  /** Progress, notices and errors, kept apart so that the output can be piped. */
  notice(text: string): void
  /** True where notices go to a person's terminal: only then is progress shown. */
  interactive: boolean
  width: number
}

/** What every command works with. */
export type CommandLine = {
  host: Host
  terminal: Terminal
  /** Aborts on Ctrl-C and SIGTERM. */
  signal: AbortSignal
  /** Called once with the exit code of the command that ran. */
  exit(code: number): void
}

/** Exit codes of the command line. */
export const EXIT = { answered: 0, error: 1, unanswered: 2 } as const
