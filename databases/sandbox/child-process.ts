import { type ChildProcess as NodeProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { JobReply, JobRequest } from './protocol.ts'
import { watchMemory } from './watch-memory.ts'

/** A running sandbox process. */
export type ChildProcess = {
  readonly pid: number | undefined
  send(request: JobRequest): void
  kill(): void
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>
}

type Options = {
  /** The text of a CommonJS program. */
  program: string
  memoryBytes: number
  memoryGuard: MemoryGuard
  onReply(reply: JobReply): void
  /** Called once, when the process is gone; `reason` says in words how it ended. */
  onEnd(reason: string): void
}

/** rlimit: the kernel refuses memory beyond the limit (Linux). watchdog: the process is killed once it holds more. */
export type MemoryGuard = 'rlimit' | 'watchdog'

// The shell sets the limits and becomes Node. It leaves a guardian behind which waits for a line from us: should we die
// first, it reads the end of the pipe instead, clears up and kills the process, which may be in the middle of an endless query and
// deaf to everything else.
const shellProgram = `
ulimit -c 0
[ "$1" = 0 ] || ulimit -v "$1" || exit 71
shift
( exec 0<&- 1>&- 2>&- 3>&-; read -r line <&4 || { kill -9 $$; rm -rf "$TMPDIR"; } ) &
exec "$@" 4<&-`

/**
 * Starts a sandbox process under its memory limit, with nothing of our environment but the time zone, and a temporary
 * folder of its own that goes when it does. Throws where there can be no such folder.
 */
export function startChildProcess({ program, memoryBytes, memoryGuard, onReply, onEnd }: Options): ChildProcess {
  const scratch = makeScratch()
  const kibibytes = memoryGuard === 'rlimit' ? Math.floor(memoryBytes / 1024) : 0
  const child = spawn(
    '/bin/sh',
    ['-c', shellProgram, 'sh', String(kibibytes), process.execPath, '--no-warnings', '-'],
    {
      stdio: ['pipe', 'ignore', 'pipe', 'ipc', 'pipe'],
      serialization: 'advanced',
      env: { TZ: Intl.DateTimeFormat().resolvedOptions().timeZone, TMPDIR: scratch },
      cwd: '/',
    },
  )
  const lastWords = keepTail(child)
  // Where the system has no file left to open, there are no pipes: an error event says so next.
  const guardian = child.stdio?.[4] as Writable | undefined
  for (const pipe of [child.stdin, guardian]) pipe?.on('error', () => undefined)
  child.stdin?.end(program)
  const watchdog = memoryGuard === 'watchdog' ? watchMemory(child, memoryBytes) : undefined
  child.on('message', (reply: JobReply) => onReply(reply))
  const ended = howItEnded(child, lastWords).then(async (reason) => {
    watchdog?.stop()
    guardian?.end('done\n')
    await rm(scratch, { recursive: true, force: true }).catch(() => undefined)
    onEnd(watchdog?.struck() ? outOfMemory : reason)
  })
  return {
    pid: child.pid,
    send: (request) => void child.send(request, (error) => error && child.kill('SIGKILL')),
    kill: () => void child.kill('SIGKILL'),
    ended,
  }
}

function makeScratch(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'rowbot-process-'))
  } catch (error) {
    throw new Error(`the temporary folder ${tmpdir()} takes no files: ${(error as Error).message}`, { cause: error })
  }
}

const outOfMemory = 'it ran out of the memory it may use'

function howItEnded(child: NodeProcess, lastWords: () => string): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      child.kill('SIGKILL')
      resolve(error.message)
    })
    child.on('exit', async (code, signal) => {
      await drained(child)
      resolve(inWords(code, signal, lastWords()))
    })
  })
}

async function drained({ stderr }: NodeProcess): Promise<void> {
  if (stderr === null || stderr.readableEnded) return
  await once(stderr, 'end', { signal: AbortSignal.timeout(200) }).catch(() => undefined)
}

function inWords(code: number | null, signal: NodeJS.Signals | null, lastWords: string): string {
  if (/out of memory|OOM|bad_alloc|Cannot allocate/i.test(lastWords)) return outOfMemory
  const how = signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`
  return lastWords === '' ? how : `${how}: ${lastWords.slice(-300).replace(/\s+/g, ' ').trim()}`
}

function keepTail(child: NodeProcess): () => string {
  let tail = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4000)
  })
  return () => tail
}
