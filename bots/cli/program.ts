import { Command } from 'commander'
import about from '../../package.json' with { type: 'json' }
import { addAskCommands } from './ask-commands.ts'
import { addChatSetupCommands } from './chat-setup-commands.ts'
import { addDatabaseCommands } from './database-commands.ts'
import { addEvalCommands } from './eval-commands.ts'
import type { CommandLine } from './host.ts'
import { addKnowledgeCommands } from './knowledge-commands.ts'
import { addMaintenanceCommands } from './maintenance-commands.ts'
import { addModelCommands } from './model-commands.ts'
import { addTrainCommands } from './train-commands.ts'

const EXAMPLES = `
Examples:
  rowbot start --open
  rowbot ask --db shop "How many orders were there last week?"
  rowbot ask --db sales.csv --json "revenue per country"
  rowbot databases add customers.csv orders.csv --name sales

Exit codes: 0 answered, 2 not answered, 1 error.`

/** Every command of `rowbot`, ready to parse. Errors are thrown, for the composition root to put into words. */
export function createProgram(line: CommandLine): Command {
  const program = new Command('rowbot')
    .description('Ask your database a question, and get an answer from a model that runs on this machine.')
    .version(about.version, '--version', 'print the version')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(rowbot --help shows what there is)')
    .configureOutput({ writeOut: line.terminal.write, writeErr: line.terminal.notice })
    .exitOverride()
  addAskCommands(program, line)
  addDatabaseCommands(program, line)
  addModelCommands(program, line)
  addKnowledgeCommands(program, line)
  addMaintenanceCommands(program, line)
  addChatSetupCommands(program, line)
  addEvalCommands(program, line)
  addTrainCommands(program, line)
  return program
}
