import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#core/config.ts'
import { type Line, scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import type { Nightly } from '#eval/nightly/nightly.ts'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import type { Generator } from '#models/generator.ts'
import type { PageMessage } from '../../desk/chat-message.ts'
import type { ChatPlatform, SendFailure } from '../../desk/chat-platform.ts'
import { startNightly } from '../start-nightly.ts'

const RIGHT: Line[] = [
  { when: /How many students/, say: 'SELECT count(*) FROM student' },
  { when: /names of all students/, say: 'SELECT name FROM student' },
  { when: /average age/, say: 'SELECT avg(age) FROM student' },
  { when: /oldest/, say: 'SELECT name FROM student ORDER BY age DESC LIMIT 1' },
  { when: /How many ships/, say: 'SELECT count(*) FROM ship' },
  { when: /Norway/, say: "SELECT name FROM ship WHERE country = 'Norway'" },
]
const WRONG: Line[] = [
  { when: /student/, say: 'SELECT 7 FROM student' },
  { when: /ship/, say: 'SELECT 7 FROM ship' },
]
export const SCRIPTS = { RIGHT, WRONG }

/** Of a night that is to be looked at. */
export type Nights = {
  /** Where the state lies. */
  path: string
  state: State
  /** The script of the model from now on; at first all is right. */
  say(script: Line[]): void
  /** Sets the clock. */
  at(iso: string): void
  /** A bot's nightly benchmark over six questions; it looks at the clock only when told to. */
  open(platforms: { own: ChatPlatform }[], env?: Record<string, string | undefined>): Nightly
  logged: string[]
  close(): Promise<void>
}

/** Nightly benchmarks over a real state, a tiny Spider and a scripted model, with a clock of their own. */
export function openNights(): Nights {
  const root = mkdtempSync(join(tmpdir(), 'rowbot-night-'))
  const path = join(root, 'home', 'state.sqlite')
  writeTinySpider(join(root, 'spider'))
  let clock = new Date('2026-11-27T12:00:00Z')
  let script = RIGHT
  const state = openState({ path, now: () => clock })
  const model: Generator = {
    ...scriptedGenerator([]),
    generate: (request) => scriptedGenerator(script).generate(request),
  }
  const opened: Nightly[] = []
  const logged: string[] = []
  const note = (fields: unknown, message?: string) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const settings = {
    ROWBOT_HOME: join(root, 'home'),
    ROWBOT_SPIDER: join(root, 'spider'),
    ROWBOT_NIGHTLY_AT: '02:30',
    ROWBOT_NIGHTLY_CHANNELS: 'slack:T1/C1 discord:G1/D1',
    ROWBOT_NIGHTLY_MENTION: 'slack:U7 discord:99',
    ROWBOT_TIME_ZONE: 'UTC',
    ROWBOT_LOCALE: 'en-US',
    ROWBOT_SANDBOX_PROCESSES: '1',
    ROWBOT_EFFORT: 'fast',
    ROWBOT_PUBLIC_URL: 'https://rowbot.example',
    ROWBOT_PASSWORD: 'correct horse',
  }
  return {
    path,
    state,
    logged,
    say: (next) => {
      script = next
    },
    at: (iso) => {
      clock = new Date(iso)
    },
    open(platforms, env = {}) {
      const config = readConfig({ env: { ...settings, ...env } })
      const connected = { get: (name: string) => platforms.find(({ own }) => own.name === name)?.own }
      const log = { info: note, error: note }
      const watch = { now: () => clock, lookMs: 1_000_000_000 }
      const nightly = startNightly({
        rooms: { config, state },
        generator: model,
        platforms: connected,
        log,
        ...watch,
      })
      opened.push(nightly)
      return nightly
    },
    async close() {
      for (const nightly of opened) await nightly.close()
      state.close()
      rmSync(root, { recursive: true })
    },
  }
}

/** A platform that keeps what it is sent. */
export function keepingPlatform(
  name: string,
  { failure, canFind = true }: { failure?: SendFailure; canFind?: boolean } = {},
) {
  const posted: { channel: string; message: PageMessage; stamp: string }[] = []
  const files: string[] = []
  const ok = <Value>(value: Value) => Promise.resolve({ ok: true as const, value })
  const own: ChatPlatform = {
    name,
    lookUp: () => Promise.reject(new Error('nobody is looked up')),
    post: async ({ place }, message, stamp) => {
      if (failure) return { ok: false, failure }
      posted.push({ channel: place.channel, message: message as PageMessage, stamp })
      return ok('ref')
    },
    update: () => ok('ref'),
    find: async (_, stamp) => ok(canFind && posted.some((one) => one.stamp === stamp) ? 'ref' : null),
    canFind: () => canFind,
    upload: async (_, file) => {
      files.push(file.name)
      return ok(null)
    },
    openDirect: () => Promise.reject(new Error('nobody is written to')),
  }
  return { own, posted, files }
}

/** All that a post says. */
export function postText({ title, sections }: PageMessage): string {
  return [title, ...sections.flatMap(({ heading, lines }) => [heading, ...lines])].join('\n')
}
