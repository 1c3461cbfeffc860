import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { FromDesk, ToDesk } from './desk-process.ts'
import { createFakePlatform, type FakePlatform, type SeenMessage } from './fake-platform.ts'
import { salesChannel } from './open-test-desk.ts'
import { doCall } from './remote-platform.ts'

export type KillReport = {
  kills: number
  accepted: number
  /** Accepted questions by what people see of them in the end. */
  answered: number
  interrupted: number
  lost: string[]
  twice: string[]
}

type Load = { questions: number; kills: number; random: () => number; patienceMs: number }

const PROGRAM = new URL('./desk-process.ts', import.meta.url)
const LATENCY_MS = 10

/**
 * Asks a desk in a process of its own and kills it with SIGKILL at random moments under that load; what was not acknowledged is sent again,
 * as platforms do. In the end every question that was accepted must be seen with exactly one end.
 */
export async function killDesk({ questions, kills, random, patienceMs }: Load): Promise<KillReport> {
  const home = mkdtempSync(join(tmpdir(), 'rowbot-kill-'))
  const platform = createFakePlatform()
  const accepted = new Map<string, string>()
  const keys = Array.from({ length: questions }, (_, at) => `event-${at}`)
  let child: ChildProcess | null = null
  try {
    let asked = 0
    for (let killed = 0; ; killed++) {
      child = await startDesk(home, { platform, accepted })
      // Each life is given its share of new questions, and again what the one before did not acknowledge.
      asked = Math.ceil((questions * (killed + 1)) / (kills + 1))
      for (const key of keys.slice(0, asked)) if (!accepted.has(key)) child.send(question(key, random))
      if (killed === kills) break
      await delay(random() * LONGEST_LIFE_MS)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const until = Date.now() + patienceMs
    const isSettled = ({ accepted, lost, twice }: KillReport) =>
      accepted === questions && lost.length + twice.length === 0
    // An accepted question may still be without any message: the end has come only when each is seen with its own.
    for (;;) {
      const seen = report({ platform, accepted, kills })
      if (isSettled(seen) || Date.now() > until) return seen
      await delay(50)
    }
  } finally {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(home, { recursive: true, force: true })
  }
}

const LONGEST_LIFE_MS = 400
const MOST_SAID = 2_000

type Seen = { platform: FakePlatform; accepted: Map<string, string> }

async function startDesk(home: string, { platform, accepted }: Seen): Promise<ChildProcess> {
  const child = fork(PROGRAM, [home], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  let said = ''
  // What its own children say when it is killed belongs into no report.
  child.stderr?.on('data', (piece) => {
    said = `${said}${piece}`.slice(-MOST_SAID)
  })
  const ready = new Promise<void>((resolve, reject) => {
    child.on('exit', (code, signal) => reject(new Error(`the desk ended with ${code ?? signal}: ${said}`)))
    child.on('message', async (message: FromDesk) => {
      if (message.type === 'ready') return resolve()
      if (message.type === 'accepted') return void accepted.set(message.key, message.questionId)
      await delay(LATENCY_MS)
      const result: ToDesk = await doCall(platform, message)
      if (child.connected) child.send(result, () => {})
    })
  })
  await ready
  return child
}

function question(key: string, random: () => number): ToDesk {
  const channel = `channel-${Math.floor(random() * 20)}`
  const person = `person-${Math.floor(random() * 50)}`
  const nothing = { handle: null, message: null, follows: null, database: null, visibility: null }
  const doing = { key, place: { ...salesChannel, channel }, personId: person }
  return { type: 'ask', incoming: { ...doing, ...nothing, text: 'How many students are there?' } }
}

function report({ platform, accepted, kills }: Seen & { kills: number }): KillReport {
  const ends = new Map<string, SeenMessage[]>()
  for (const seen of platform.messages) {
    const id = questionOf(seen.message)
    if (id !== null && seen.message.kind !== 'progress') ends.set(id, [...(ends.get(id) ?? []), seen])
  }
  const ids = [...accepted.values()]
  const endsWith = (kind: ChatMessage['kind']) => ids.filter((id) => ends.get(id)?.[0]?.message.kind === kind).length
  // A message beside the end that says nothing but that work goes on would never end.
  const dangling = platform.messages.filter(({ message }) => message.kind === 'progress')
  return {
    kills,
    accepted: ids.length,
    answered: endsWith('reply'),
    interrupted: endsWith('notice'),
    lost: ids.filter((id) => !ends.has(id)),
    twice: [
      ...ids.filter((id) => (ends.get(id)?.length ?? 0) > 1),
      ...dangling.map(({ message }) => questionOf(message) ?? 'unknown'),
    ],
  }
}

function questionOf(message: ChatMessage): string | null {
  if (message.kind === 'reply') return message.reply.questionId
  return message.buttons[0]?.id.split('.')[1] ?? null
}
