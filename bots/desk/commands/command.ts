import type { Command, Response } from '../desk.ts'
import type { Visit } from '../visit.ts'

/** One command: what follows its words, and what came with it. */
export type CommandHandler = (visit: Visit, given: { rest: string[]; command: Command }) => Promise<Response> | Response
