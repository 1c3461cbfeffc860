import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandLine } from './host.ts'
import type { ExportFlags, LogitsFlags } from './training-host.ts'

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
    .action(async (file: string, flags: ExportFlags) => {
      const counts = await host.training.export(file, flags, signal)
      terminal.write(`${JSON.stringify(counts)}\n`)
    })
  train
    .command('logits <data> <file>')
    .description('write what llama.cpp makes of exported examples, for `python -m train check`')
    .option('--prompts <number>', 'how many examples', wholeNumber, 20)
    .option('--most-tokens <number>', 'pass over longer ones', wholeNumber, 1024)
    .action(async (data: string, file: string, flags: LogitsFlags) => {
      terminal.write(`${JSON.stringify(await host.training.logits(data, file, flags, signal))}\n`)
    })
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
