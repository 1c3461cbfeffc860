import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runRowbot } from '../rowbot.ts'
import { type Answers, type ServedModel, serveModel } from './serve-model.ts'

export type CommandLineRun = {
  code: number
  /** What was written to standard output. */
  out: string
  /** Notices, progress and errors. */
  err: string
}

export type RunOptions = {
  /** Standard input; without it a terminal at which nobody types. */
  input?: string | Readable
  /** Whether notices go to a person's terminal. Default false. */
  interactive?: boolean
  width?: number
  env?: Record<string, string | undefined>
  signal?: AbortSignal
  /** Called with everything that is written or noticed. */
  onText?: (text: string) => void
}

export type TestCommandLine = {
  /** Data directory. */
  home: string
  /** Settings as environment variables. */
  env: Record<string, string>
  model: ServedModel
  /** Writes a file that is outside of the data directory and gives its path. */
  write(name: string, content: string | Uint8Array): string
  run(args: string[], options?: RunOptions): Promise<CommandLineRun>
  close(): Promise<void>
}

/** The whole program over a data directory of its own and a model server on the wire. Without `sample` there is no sample shop, which takes seconds to make. */
export async function openCommandLine(
  answers: Answers = () => 'I do not know.',
  { sample = false }: { sample?: boolean } = {},
): Promise<TestCommandLine> {
  const root = mkdtempSync(join(tmpdir(), 'rowbot-cli-'))
  const home = join(root, 'home')
  mkdirSync(sample ? home : join(home, 'sample'), { recursive: true })
  const model = await serveModel(answers)
  const env = {
    ROWBOT_HOME: home,
    ROWBOT_MODEL: 'server',
    ROWBOT_SERVER_URL: model.url,
    ROWBOT_LOCALE: 'en-US',
    ROWBOT_TIME_ZONE: 'UTC',
    ROWBOT_LOG_LEVEL: 'silent',
    ROWBOT_SANDBOX_PROCESSES: '1',
    ROWBOT_PORT: '0',
  }
  return {
    home,
    env,
    model,
    write(name, content) {
      writeFileSync(join(root, name), content)
      return join(root, name)
    },
    run: (args, options = {}) => run(args, env, options),
    async close() {
      await model.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

async function run(args: string[], standard: Record<string, string>, options: RunOptions): Promise<CommandLineRun> {
  const { input, interactive = false, width = 100, env = {}, signal = new AbortController().signal } = options
  const said = { out: '', err: '' }
  const listen = (stream: keyof typeof said) => (text: string) => {
    said[stream] += text
    options.onText?.(text)
  }
  const terminal = {
    input: inputOf(input),
    write: listen('out'),
    notice: listen('err'),
    interactive,
    width,
  }
  const code = await runRowbot(args, { env: { ...standard, ...env }, terminal, signal })
  return { code, ...said }
}

function inputOf(input: string | Readable | undefined) {
  if (input instanceof Readable) return input
  return Object.assign(Readable.from(input === undefined ? [] : [input]), { isTTY: input === undefined })
}
