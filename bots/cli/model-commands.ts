import type { Command } from 'commander'
import { alignColumns } from './align-columns.ts'
import type { CommandLine } from './host.ts'
import { EXIT, type Flags, type ModelView, type PullProgress, type Terminal } from './host.ts'
import { CLEAR_LINE } from './status-line.ts'

/** `models`: the ladder from the embedded model upwards. */
export function addModelCommands(program: Command, { host, terminal, signal, exit }: CommandLine): void {
  const models = program.command('models').description('see, download and choose language models')
  models
    .command('list')
    .description('models to choose from, with size, memory and licence')
    .action(async (flags: Flags) => {
      const listed = await host.models.list(flags)
      const now = listed.some((model) => model.inUse) ? '* answers now' : 'None of these answers now: another is set'
      terminal.write(`${alignColumns(listed.map(modelTexts))}\n${now}. Fetch one with: rowbot models pull NAME\n`)
      exit(EXIT.answered)
    })
  models
    .command('pull')
    .description('download a model; an interrupted download goes on where it stopped')
    .argument('<name>')
    .action(async (name: string, flags: Flags) => {
      const file = await host.models.pull(name, flags, (progress) => showPull(progress, terminal), signal)
      if (terminal.interactive) terminal.notice(CLEAR_LINE)
      terminal.write(`${file}\nUse it: rowbot models use ${name}\n`)
      exit(EXIT.answered)
    })
  models
    .command('use')
    .description('choose the model that answers from now on')
    .argument('<name>', 'embedded, server, a name from `rowbot models list`, or the path of a .gguf file')
    .action(async (name: string, flags: Flags) => {
      const { overruled } = await host.models.use(name, flags)
      terminal.write(`${name} answers from now on. A running Rowbot takes it up when it is started again.\n`)
      if (overruled) terminal.notice('! The environment variable ROWBOT_MODEL says otherwise and wins: unset it.\n')
      const chosen = (await host.models.list(flags)).find((model) => model.name === name)
      if (chosen?.installed === false) terminal.notice(`! It has to be fetched first: rowbot models pull ${name}\n`)
      exit(EXIT.answered)
    })
}

function modelTexts(model: ModelView): string[] {
  const size = model.installed ? 'here' : `${gigabytes(model.bytes)} to download`
  const memory = `needs ${gigabytes(model.memoryBytes)} of memory`
  return [`${model.inUse ? '*' : ' '} ${model.name}`, size, memory, model.licence, model.description]
}

function showPull({ stage, bytes, totalBytes }: PullProgress, terminal: Terminal): void {
  if (!terminal.interactive) return
  const percent = totalBytes > 0 ? ` (${Math.floor((100 * bytes) / totalBytes)} %)` : ''
  terminal.notice(`${CLEAR_LINE}${stage} ${gigabytes(bytes)} of ${gigabytes(totalBytes)}${percent}`)
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
