import { type Command, InvalidArgumentError, Option } from 'commander'
import { SPIDER_FOLDER } from './eval-commands.ts'
import { type CommandLine, EXIT } from './host.ts'
import { findingText } from './maintenance-commands.ts'
import type { ExportFlags, LogitsFlags, SampleFlags, TrainDoctorFlags } from './training-host.ts'

/** `train`: what fine-tuning needs of Rowbot. */
export function addTrainCommands(program: Command, { host, signal, terminal, exit }: CommandLine): void {
  const train = program.command('train').description('fine-tuning: what the programs in models/finetune need')
  train
    .command('export <file>')
    .description('write training data: finished prompts, rendered by the code that serves, and the queries to learn')
    .option('--spider <folder>', SPIDER_FOLDER)
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
    .command('sample <file>')
    .description(
      'several queries for each train question, kept where their results prove them right; goes on with the file',
    )
    .option('--spider <folder>', SPIDER_FOLDER)
    .option('--limit <number>', 'so many questions only', wholeNumber, null)
    .option('--samples <number>', 'queries a question', wholeNumber, 8)
    .option('--teacher <model>', 'a bigger model that writes them, for the one in use to learn from')
    .addOption(
      new Option('--judged-by <judge>', 'the gold query, or the vote of the samples')
        .choices(['gold', 'vote'])
        .default('gold'),
    )
    .option('--seed <number>', 'another seed, other questions first', wholeNumber, 1)
    .action(async (file: string, flags: SampleFlags) => {
      terminal.write(`${JSON.stringify(await host.training.sample(file, flags, signal))}\n`)
    })
  train
    .command('logits <data> <file>')
    .description('write what llama.cpp makes of exported examples, for `python -m train check`')
    .option('--prompts <number>', 'how many examples', wholeNumber, 20)
    .option('--most-tokens <number>', 'pass over longer ones', wholeNumber, 1024)
    .action(async (data: string, file: string, flags: LogitsFlags) => {
      terminal.write(`${JSON.stringify(await host.training.logits(data, file, flags, signal))}\n`)
    })
  train
    .command('doctor')
    .description('what this machine can train and how long it will take, timed on a few layers of the model in use')
    .option('--python <path>', 'interpreter to look at (that of models/finetune/.venv, or python3, if not given)')
    .option('--data <file>', 'what is to be trained on, for its own estimate')
    .option('--model <name>', 'base that is to be trained')
    .option('--json', 'print one JSON object')
    .action(async (flags: TrainDoctorFlags & { json?: boolean }) => {
      const findings = await host.training.doctor(flags, signal)
      terminal.write(flags.json ? `${JSON.stringify({ findings })}\n` : findings.map(findingText).join(''))
      exit(findings.every(({ ok }) => ok) ? EXIT.answered : EXIT.error)
    })
  train
    .command('chart <metrics> <file>')
    .description('draw the metrics.jsonl of a run as SVG')
    .action(async (metrics: string, file: string) => host.training.chart(metrics, file))
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
