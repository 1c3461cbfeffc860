import { writeFileSync } from 'node:fs'
import { extname } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { ANSWER_PARTS } from '#core/ask-settings.ts'
import { alignColumns } from './align-columns.ts'
import type {
  HeldBackFlags,
  JudgingFlags,
  ReportFormat,
  SpiderFlags,
  TableFlags,
  VariantFlags,
} from './evaluation-host.ts'
import type { CommandLine } from './host.ts'
import { EXIT, type Flags } from './host.ts'
import { addOwnCases } from './own-case-commands.ts'
import { addScoringCommands } from './scoring-commands.ts'

/** What `--spider` is. */
export const SPIDER_FOLDER = 'folder of Spider (where `rowbot eval get spider` put it, if not given)'

/** `eval`: how often answers are right, and how fast they come. */
export function addEvalCommands(program: Command, line: CommandLine): void {
  const evaluation = program.command('eval').description('measure how often answers are right, and how fast they come')
  addSpiderRuns(evaluation, line)
  addRememberedRuns(evaluation, line)
  addMeasurements(evaluation, line)
  addScoringCommands(evaluation, line)
  addScheduledRuns(evaluation, line)
  addOwnCases(evaluation, line)
}

function addSpiderRuns(evaluation: Command, { host, signal, exit }: CommandLine): void {
  withModel(evaluation.command('spider'))
    .description('the pipeline that answers people, on Spider: execution accuracy, what each part gives')
    .option('--spider <folder>', SPIDER_FOLDER)
    .addOption(new Option('--split <split>', 'which questions').choices(['dev', 'train', 'held-back']).default('dev'))
    .option(
      '--data <file>',
      "another data set: JSON like Spider's and its variants', SParC's or BIRD's, or cases of your own",
    )
    .option('--db-dir <folder>', 'its databases (default: `database` beside the file, else those of Spider)')
    .option('--limit <n>', 'number of questions, chosen by a hash', wholeNumber, null)
    .option('--seed <n>', 'another number gives another sample', wholeNumber, 0)
    .option('--without <parts>', `parts to leave out: ${ANSWER_PARTS.join(', ')}; constraint means names`)
    .option(
      '--compare <what>',
      'further configurations beside it: plain, sqlforge, an effort, a part to leave out; efforts and parts are all in turn',
    )
    .option('--plain', 'the plain prompt alone', false)
    .option('--suite', 'also run the distilled databases (test-suite accuracy)', false)
    .option('--parallel <n>', 'questions asked side by side; pays on a GPU', wholeNumber, 1)
    .action(async (flags: SpiderFlags) => {
      await host.evaluate.spider(flags, signal)
      exit(EXIT.answered)
    })
  withModel(evaluation.command('resume'))
    .description('go on with a run that was interrupted')
    .argument('<run>', 'id of the run, or its beginning, or last')
    .option('--spider <folder>', SPIDER_FOLDER)
    .action(async (id: string, flags: Flags & { spider?: string }) => {
      await host.evaluate.resume(id, flags, signal)
      exit(EXIT.answered)
    })
}

function addRememberedRuns(evaluation: Command, { host, terminal, exit }: CommandLine): void {
  evaluation
    .command('runs')
    .description('the runs so far')
    .action(async () => {
      const runs = await host.evaluate.runs()
      const lines = runs.map(({ id, dataset, label, status, done, planned, percent, pinned }) => [
        id,
        dataset,
        label,
        done === planned ? status : `${status}, ${done} of ${planned}`,
        percent === null ? '' : `${percent.toFixed(1)} %`,
        pinned ? 'pinned' : '',
      ])
      terminal.write(runs.length === 0 ? 'There is no run yet.\n' : alignColumns(lines))
      exit(EXIT.answered)
    })
  evaluation
    .command('report')
    .description('what a run measured, and how it compares with another one')
    .argument('<run>', 'id of the run, or its beginning, or last')
    .option('--against <run>', 'run to compare with, on the questions that both have')
    .option('--out <file>', 'file to write: .md is Markdown, .html a page that needs nothing else')
    .action(async (id: string, { against, out }: { against?: string; out?: string }) => {
      const text = await host.evaluate.report({ id, against, format: formatOf(out) })
      if (out === undefined) terminal.write(text)
      else writeFileSync(out, text)
      exit(EXIT.answered)
    })
  evaluation
    .command('table')
    .description('runs as a Markdown table: the newest of each model and configuration on Spider dev')
    .argument('[runs...]', 'ids of the runs')
    .option('--data <name>', 'runs on another data set, such as spider-held-back')
    .option('--limit <n>', 'runs on a sample of so many questions (default: on all)', wholeNumber, null)
    .option('--into <file>', 'Markdown file to put it into, between its marks')
    .action(async (ids: string[], flags: TableFlags) => {
      const table = await host.evaluate.table({ ids, ...flags })
      if (flags.into === undefined) terminal.write(`${table}\n`)
      exit(EXIT.answered)
    })
  evaluation
    .command('export')
    .description('write a run into a folder: setup, a JSON line per question, predicted.sql for other scorers')
    .argument('<run>')
    .argument('<folder>')
    .action(async (id: string, folder: string) => {
      await host.evaluate.export(id, folder)
      exit(EXIT.answered)
    })
  evaluation
    .command('pin')
    .description('make a run the one that nightly runs are compared with')
    .argument('<run>')
    .action(async (id: string) => {
      terminal.write(`Nightly runs are compared with ${await host.evaluate.pin(id)} from now on.\n`)
      exit(EXIT.answered)
    })
  evaluation
    .command('remove')
    .description('forget a run with all its results')
    .argument('<run>')
    .action(async (id: string) => {
      await host.evaluate.remove(id)
      exit(EXIT.answered)
    })
}

function addScheduledRuns(evaluation: Command, { host, signal, exit }: CommandLine): void {
  withModel(evaluation.command('nightly'))
    .description('run the nightly benchmark now, for cron; a server on the same data directory posts it')
    .option('--spider <folder>', SPIDER_FOLDER)
    .action(async (flags: Flags & { spider?: string }) => {
      const outcome = await host.evaluate.nightly(flags, signal)
      exit(outcome === 'done' || outcome === 'taken' ? EXIT.answered : EXIT.error)
    })
  withModel(evaluation.command('check'))
    .description('the fixed held-back questions of eval/floor.json: fails where the score is under its floor')
    .option('--spider <folder>', SPIDER_FOLDER)
    .action(async (flags: Flags & { spider?: string }) => {
      exit((await host.evaluate.check(flags, signal)) ? EXIT.answered : EXIT.error)
    })
}

function addMeasurements(evaluation: Command, { host, terminal, signal, exit }: CommandLine): void {
  const onHeldBack = (command: Command, limit: number) =>
    withModel(command)
      .option('--spider <folder>', SPIDER_FOLDER)
      .option('--limit <n>', 'number of questions', wholeNumber, limit)

  onHeldBack(evaluation.command('bench-answer'), 100)
    .description('time from question to rows, with and without the kept schema; decoding speed; memory')
    .action(async (flags: HeldBackFlags) => {
      await host.evaluate.benchAnswer(flags, signal)
      exit(EXIT.answered)
    })
  const onAnswers = (command: Command) =>
    onHeldBack(command, 300).option('--answers <file>', 'keep the answers there, and take those that are there already')
  onAnswers(evaluation.command('calibration'))
    .description('whether answers are right as often as their confidence says')
    .option('--fit', 'fit confidence and refusals to these answers, and save the weights', false)
    .action(async (flags: JudgingFlags) => {
      await host.evaluate.calibration(flags, signal)
      exit(EXIT.answered)
    })
  onAnswers(evaluation.command('refusals'))
    .description('how many questions without an answer are recognised, and how many with one are refused')
    .action(async (flags: JudgingFlags) => {
      await host.evaluate.refusals(flags, signal)
      exit(EXIT.answered)
    })
  evaluation
    .command('variants')
    .description(
      'write held-back questions in other clothes: mistyped, in other words, over renamed databases; and everyday ones',
    )
    .argument('<folder>', 'where the data sets are put, each to be asked by `eval spider --data`')
    .option('--spider <folder>', SPIDER_FOLDER)
    .option('--limit <n>', 'number of questions', wholeNumber, 300)
    .option('--seed <n>', 'another number gives others', wholeNumber, 0)
    .action(async (folder: string, flags: VariantFlags) => {
      terminal.write(`${JSON.stringify(await host.evaluate.variants(folder, flags, signal))}\n`)
      exit(EXIT.answered)
    })
  withModel(evaluation.command('shop'))
    .description('the 40 everyday questions of the sample shop')
    .action(async (flags: Flags) => {
      await host.evaluate.shop(flags, signal)
      exit(EXIT.answered)
    })
}

function withModel(command: Command): Command {
  return command
    .option('--model <name>', 'model that answers')
    .option('--effort <effort>', 'fast, balanced or thorough')
}

function formatOf(file: string | undefined): ReportFormat {
  const ending = extname(file ?? '').toLowerCase()
  return ending === '.html' ? 'html' : ending === '.md' ? 'markdown' : 'text'
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
