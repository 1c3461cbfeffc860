import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandLine, Flags } from './host.ts'

/** What is exported for training, and from where. */
export type TrainingFlags = Flags & {
  spider: string
  bird?: string
  wikisql?: string
  /** Whether answers that people have verified here are trained on too. */
  verified: boolean
  format: 'rowbot' | 'alpaca' | 'sharegpt'
  /** The held-back databases instead of all others: for early stopping, never for training. */
  heldBack: boolean
  seed: number
}

/** `train`: what fine-tuning needs of Rowbot. */
export function addTrainCommands(program: Command, { host, signal, terminal }: CommandLine): void {
  const train = program.command('train').description('fine-tuning: what the programs in models/finetune need')
  train
    .command('export <file>')
    .description('write training data: finished prompts, rendered by the code that serves, and the queries to learn')
    .requiredOption('--spider <folder>', 'folder into which Spider was unpacked')
    .option('--bird <folder>', 'folder with bird_train.jsonl.gz and bird_train_schemas.json.gz')
    .option('--wikisql <folder>', 'folder with wikisql_used_columns.jsonl.gz')
    .option('--verified', 'also the answers that people have verified here, with values of their databases', false)
    .addOption(
      new Option('--format <format>', 'for models/finetune, or as other trainers read it')
        .choices(['rowbot', 'alpaca', 'sharegpt'])
        .default('rowbot'),
    )
    .option('--held-back', 'the held-back databases, to stop training by', false)
    .option('--seed <number>', 'another seed, other variations', wholeNumber, 1)
    .action(async (file: string, flags: TrainingFlags) => {
      const counts = await host.exportTraining(file, flags, signal)
      terminal.write(`${JSON.stringify(counts)}\n`)
    })
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
