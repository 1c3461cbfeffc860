import { Command } from 'commander'
import { addAskCommands } from './ask-commands.ts'
import { addDatabaseCommands } from './database-commands.ts'
import { addEvalCommands } from './eval-commands.ts'
import type { Host, Terminal } from './host.ts'
import { addMaintenanceCommands } from './maintenance-commands.ts'
import { addModelCommands } from './model-commands.ts'

export type CommandLine = {
  host: Host
  terminal: Terminal
  /** Aborts on Ctrl-C and SIGTERM. */
  signal: AbortSignal
  /** Called once with the exit code of the command that ran. */
  exit(code: number): void
}

/** Every command of `rowbot`, ready to parse. Errors are thrown, for the composition root to put into words. */
export function createProgram(line: CommandLine): Command {
  const program = new Command('rowbot')
    .description('Ask your database a question, and get an answer from a model that runs on this machine.')
    .showHelpAfterError('(rowbot --help shows what there is)')
    .configureOutput({ writeOut: line.terminal.write, writeErr: line.terminal.notice })
    .exitOverride()
  addAskCommands(program, line)
  addDatabaseCommands(program, line)
  addModelCommands(program, line)
  addMaintenanceCommands(program, line)
  addEvalCommands(program, line)
  return program
}
