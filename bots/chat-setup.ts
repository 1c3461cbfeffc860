import type { Flags } from './cli/host.ts'
import type { Finding } from './finding.ts'

/** How a chat platform is set up and tried; each platform has one. */
export type ChatSetup = {
  /** What to do, in this order, with the file that it needs; and what is found of what is set already. */
  install(flags: Flags, signal: AbortSignal): Promise<{ steps: string[]; file: SetupFile | null; findings: Finding[] }>
  /** Sends one of each kind of message to a real channel and tells what came of each. */
  smoke(flags: Flags & { channel: string }, tell: (finding: Finding) => void, signal: AbortSignal): Promise<void>
}

export type SetupFile = { name: string; content: string }
