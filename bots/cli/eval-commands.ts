import { type Command, InvalidArgumentError } from 'commander'
import type { CommandLine } from './host.ts'
import { EXIT, type Flags, type HeldBackFlags } from './host.ts'

/** `eval`: how often answers are right, and how fast they come. */
export function addEvalCommands(program: Command, { host, signal, exit }: CommandLine): void {
  const evaluation = program.command('eval').description('measure how often answers are right, and how fast they come')
  const onHeldBack = (command: Command, limit: number) =>
    command
      .requiredOption('--spider <folder>', 'folder into which Spider was unpacked')
      .option('--limit <n>', 'number of questions', wholeNumber, limit)
      .option('--model <name>', 'model that answers')
      .option('--effort <effort>', 'fast, balanced or thorough')

  onHeldBack(evaluation.command('held-back'), 300)
    .description('execution accuracy on the held-back questions of Spider train')
    .option('--plain', 'the plain prompt alone, without values, repair or choice', false)
    .action(async (flags: HeldBackFlags) => {
      await host.evaluate.heldBack(flags, signal)
      exit(EXIT.answered)
    })
  onHeldBack(evaluation.command('bench-answer'), 100)
    .description('time from question to rows, with and without the kept schema; decoding speed; memory')
    .action(async (flags: HeldBackFlags) => {
      await host.evaluate.benchAnswer(flags, signal)
      exit(EXIT.answered)
    })
  evaluation
    .command('shop')
    .description('the 40 everyday questions of the sample shop')
    .option('--model <name>', 'model that answers')
    .option('--effort <effort>', 'fast, balanced or thorough')
    .action(async (flags: Flags) => {
      await host.evaluate.shop(flags, signal)
      exit(EXIT.answered)
    })
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
