import { type Command, Option } from 'commander'
import type { ScoreWishes } from '#core/evaluation/score-wishes.ts'
import { alignColumns } from './align-columns.ts'
import { type CommandLine, EXIT } from './host.ts'
import { CLEAR_LINE } from './status-line.ts'

/** `eval sql` and `eval get`: scores of anyone's predictions, and the data that they are scored on. */
export function addScoringCommands(evaluation: Command, { host, terminal, signal, exit }: CommandLine): void {
  const progress = (text: string) => terminal.interactive && terminal.notice(`${CLEAR_LINE}${text}`)
  evaluation
    .command('sql')
    .description('score predictions: one query a line, or JSON; on Spider dev if nothing else is named')
    .argument('<file>')
    .option('--gold <file>', 'gold queries: a line each with a tab and the database, or a data set as JSON')
    .option('--db-dir <folder>', 'folder of the databases, each in a folder of its own')
    .option('--ts', 'also run the distilled databases (test-suite accuracy)', false)
    .option('--suite-dir <folder>', 'folder of the distilled databases')
    .option('--tables <file>', "a file like Spider's tables.json, for exact-set match")
    .option('--spider <folder>', 'folder of Spider (where `rowbot eval get spider` put it, if not given)')
    .addOption(new Option('--rule <rule>', 'whose execution accuracy').choices(['spider', 'bird']).default('spider'))
    .option('--as-reference', "the very number that Spider's own scorer gives, its oddities included", false)
    .option('--plug-value', 'put the values of the gold query into the prediction', false)
    .option('--keep-distinct', 'let DISTINCT count', false)
    .action(async (file: string, flags: ScoreWishes) => {
      const onProgress = (done: number, total: number) => progress(`${done} of ${total}`)
      const { table, notes, figures } = await host.evaluate.sql(file, flags, onProgress, signal)
      progress('')
      const lines = notes.map((note) => `${note}\n`).join('')
      terminal.write(`${alignColumns(table)}${lines}${JSON.stringify(figures)}\n`)
      exit(EXIT.answered)
    })

  evaluation
    .command('get')
    .description('get a data set into the data directory: from its publisher, or from a folder on this machine')
    .addArgument(evaluation.createArgument('<dataset>', 'spider').choices(['spider']))
    .option('--from <folder>', 'folder into which it was unpacked already')
    .option('--mirror <url>', 'address under which spider.zip and testsuite.zip lie, instead of the publisher')
    .action(async (_dataset: string, source: { from?: string; mirror?: string }) => {
      const { folder, notes } = await host.evaluate.getSpider(
        source,
        ({ what, bytes, totalBytes }) => progress(`${what}: ${megabytes(bytes)} of ${megabytes(totalBytes)} MB`),
        signal,
      )
      progress('')
      for (const note of notes) terminal.notice(`! ${note}\n`)
      terminal.write(`${folder}\n`)
      exit(EXIT.answered)
    })
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
