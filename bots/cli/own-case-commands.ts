import type { Command } from 'commander'
import { alignColumns } from './align-columns.ts'
import { another } from './another.ts'
import { type CommandLine, EXIT, type Flags } from './host.ts'

type Added = { sql?: string[]; unanswerable: boolean }

/** `eval add` and `eval mine`: cases of one's own, made of questions that people asked. */
export function addOwnCases(evaluation: Command, { host, terminal, signal, exit }: CommandLine): void {
  evaluation
    .command('add')
    .description('make a case of a question that was asked; without an id: the questions that people judged')
    .argument('[question]', 'id of the question')
    .option('--sql <query>', 'a query whose result is right; may be given several times', another)
    .option('--unanswerable', 'the database holds no answer', false)
    .action(async (questionId: string | undefined, { sql = [], unanswerable }: Added) => {
      if (questionId === undefined) terminal.write(await candidates())
      else {
        await host.evaluate.add({ questionId, accepted: sql, unanswerable })
        terminal.write('Added. `rowbot eval mine` asks it.\n')
      }
      exit(EXIT.answered)
    })
  evaluation
    .command('mine')
    .description('ask the cases of your own, on the databases that are registered here')
    .option('--without <parts>', 'parts to leave out')
    .option('--compare <what>', 'further configurations beside it')
    .option('--model <name>', 'model that answers')
    .option('--effort <effort>', 'fast, balanced or thorough')
    .action(async (flags: Flags) => {
      await host.evaluate.mine(flags, signal)
      exit(EXIT.answered)
    })

  async function candidates(): Promise<string> {
    const found = await host.evaluate.candidates()
    if (found.length === 0) return 'Nobody judged an answer that is not a case yet.\n'
    const lines = found.map(({ questionId, text, verdict, askedAt }) => [
      questionId,
      verdict === 'up' ? '👍' : '👎',
      askedAt.slice(0, 10),
      text.slice(0, 100),
    ])
    return alignColumns(lines)
  }
}
