import type { Logger } from 'pino'
import type { ChatMemory, RegisteredDatabase } from '#core/chat-memory.ts'
import type { ChangedCase } from '#core/evaluation/run-report.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { ChatPlatform } from './chat-platform.ts'
import type { Troubles } from './troubles.ts'

/** Everything the desk works with. */
export type DeskParts = {
  conversation: Conversation
  memory: ChatMemory
  databases: { list(): RegisteredDatabase[] }
  /** Id of the sample shop, which anybody may ask; null where there is none. */
  sampleId: string | null
  settings: DeskSettings
  /** Folder for files on their way in. */
  uploadDir: string
  /** The model that answers, in words. */
  model: string
  /** What the last measurement of this model gave, in lines; empty where there was none. */
  benchmark(): Promise<string[]>
  /** Questions of the benchmark that a night newly broke. Default: none. */
  newlyBroken?(night: string): Promise<ChangedCase[]>
  log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  /** Default: the clock. */
  now?: () => Date
}

export type DeskSettings = {
  locale: string
  timeZone: string
  weekStart: 'monday' | 'sunday'
  admins: string[]
  queueLimit: number
  questionsAtOnce: number
  uploadLimitBytes: number
}

/** The parts with what the desk itself keeps: what its rooms share. */
export type Office = Required<DeskParts> & {
  /** The platforms that are connected, by name. */
  platforms: Map<string, ChatPlatform>
  /** What keeps platforms from answering now. */
  troubles: Troubles
  /** Looks for work: called whenever there may be some. */
  wake(): void
}
