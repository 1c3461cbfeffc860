import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '#core/config.ts'
import { type Line, scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import { benchmarkLines, brokenInNight } from '#eval/nightly/last-night-lines.ts'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import type { Generator } from '#models/generator.ts'
import type { PageMessage } from '../desk/chat-message.ts'
import type { ChatPlatform, SendFailure } from '../desk/chat-platform.ts'
import { openNightly } from './start-nightly.ts'

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

let root: string
let state: State
let clock: Date
let script: Line[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rowbot-night-'))
  writeTinySpider(join(root, 'spider'))
  clock = new Date('2026-11-27T12:00:00Z')
  state = openState({ path: join(root, 'home', 'state.sqlite'), now: () => clock })
  script = RIGHT
})
afterEach(() => {
  state.close()
  rmSync(root, { recursive: true })
})

/** A model whose script can be changed between nights. */
function model(): Generator {
  const base = scriptedGenerator([])
  return { ...base, generate: (request) => scriptedGenerator(script).generate(request) }
}

/** A platform that keeps what it is sent. */
function platform(name: string, failure?: SendFailure) {
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
    find: async (_, stamp) => ok(posted.some((one) => one.stamp === stamp) ? 'ref' : null),
    upload: async (_, file) => {
      files.push(file.name)
      return ok(null)
    },
    openDirect: () => Promise.reject(new Error('nobody is written to')),
  }
  return { own, posted, files }
}

function open(platforms: { own: ChatPlatform }[], env: Record<string, string> = {}) {
  const config = readConfig({
    env: {
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
      ...env,
    },
  })
  const log = { info: () => {}, error: () => {} }
  const connected = { get: (name: string) => platforms.find(({ own }) => own.name === name)?.own }
  return openNightly({ rooms: { config, state }, generator: model(), platforms: connected, log, now: () => clock })
}

const text = ({ title, sections }: PageMessage) =>
  [title, ...sections.flatMap(({ heading, lines }) => [heading, ...lines])].join('\n')
const at = (iso: string) => {
  clock = new Date(iso)
}

describe('the nightly benchmark', () => {
  test('runs at its hour, is posted once in every channel, and compared with the night before', async () => {
    const slack = platform('slack')
    const discord = platform('discord')
    const nightly = open([slack, discord])
    await nightly.tick()
    expect(state.nights.list()).toEqual([])

    at('2026-11-28T02:30:10Z')
    await nightly.tick()
    await nightly.tick()
    expect(slack.posted.map(({ channel, stamp }) => [channel, stamp])).toEqual([['C1', 'night-2026-11-28']])
    expect(discord.posted.map(({ channel }) => channel)).toEqual(['D1'])
    const first = text(slack.posted[0]?.message as PageMessage)
    expect(first).toMatch(/spider-dev: 100\.0 \(95 % interval 61\.0 to 100\.0, n = 6\)\./)
    expect(first).toContain('Test-suite accuracy 100.0')
    expect(first).toMatch(/https:\/\/rowbot\.example\/#\/runs\/\d{8}-/)
    expect(slack.posted[0]?.message.mention).toBeUndefined()

    script = WRONG
    at('2026-11-29T02:31:00Z')
    await Promise.all([nightly.tick(), open([slack, discord]).tick()])
    expect(slack.posted).toHaveLength(2)
    const second = slack.posted[1]?.message as PageMessage
    expect(text(second)).toMatch(
      /0\.0 .*−100\.0 points since the last run: a significant drop \(p = 0\.031, 6 questions\)/,
    )
    expect(second.mention).toEqual(['U7'])
    expect(discord.posted[1]?.message.mention).toEqual(['99'])
    expect(second.buttons).toMatchObject([{ id: 'newly-broken.2026-11-29', label: '3 questions newly broken' }])
    expect(slack.files).toEqual(['trend-2026-11-29.png'])

    expect(benchmarkLines(state).join('\n')).toContain('a significant drop')
    const broken = { before: expect.stringContaining('SELECT'), gold: expect.stringContaining('SELECT') }
    expect(brokenInNight(state, '2026-11-29')).toMatchObject([broken, broken, broken])
    expect(brokenInNight(state, '2026-11-30')).toEqual([])
  })

  test('says why it failed, which nights were missed, and that a channel is gone', async () => {
    const slack = platform('slack', { kind: 'gone', what: 'channel', detail: 'channel_not_found' })
    const discord = platform('discord')
    const nightly = open([slack, discord])
    at('2026-11-28T02:31:00Z')
    script = [{ when: /./, say: '', fail: new Error('the model is gone') }]
    await nightly.tick()
    const [failed] = discord.posted
    expect(text(failed?.message as PageMessage)).toMatch(/of 2026-11-28 failed\.[\s\S]*the model is gone/)
    expect(failed?.message.mention).toEqual(['99'])
    expect(state.nights.posts('2026-11-28')).toMatchObject([
      { channel: 'discord:G1/D1', status: 'sent' },
      { channel: 'slack:T1/C1', status: 'failed', message: expect.stringContaining('not there any more') },
    ])

    script = RIGHT
    at('2026-12-01T07:00:00Z')
    await nightly.tick()
    expect(state.nights.list().map(({ night, status }) => [night, status])).toEqual([
      ['2026-12-01', 'done'],
      ['2026-11-30', 'missed'],
      ['2026-11-29', 'missed'],
      ['2026-11-28', 'failed'],
    ])
    expect(text(discord.posted[1]?.message as PageMessage)).toContain('No run in the nights of 2026-11-29, 2026-11-30')
  })

  test('waits for a chat that is not connected yet, and says so when it never is', async () => {
    const slack = platform('slack')
    const discord = platform('discord')
    const connected = [slack]
    const nightly = open(connected)
    at('2026-11-28T02:30:10Z')
    await nightly.tick()
    expect(state.nights.posts('2026-11-28')).toMatchObject([{ channel: 'slack:T1/C1', status: 'sent' }])
    connected.push(discord)
    await nightly.tick()
    expect(discord.posted).toHaveLength(1)

    connected.pop()
    at('2026-11-29T02:30:10Z')
    await nightly.tick()
    at('2026-11-29T02:41:00Z')
    await nightly.tick()
    expect(state.nights.posts('2026-11-29')).toMatchObject([
      { channel: 'discord:G1/D1', status: 'failed', message: expect.stringContaining('not connected') },
      { channel: 'slack:T1/C1', status: 'sent' },
    ])
  })

  test('lets people go first, stops with the program, and goes on after the next start', async () => {
    const discord = platform('discord')
    const nightly = open([discord], { ROWBOT_NIGHTLY_CHANNELS: 'discord:G1/D1' })
    at('2026-11-28T02:30:10Z')
    state.nights.end('2020-01-01', 'done')
    state.questions.accept({ id: 'q', workspaceId: 'local', askerId: 'ann', databaseId: null, text: 'how many?' })
    const ticking = nightly.tick()
    while (state.evaluation.list().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const [run] = state.evaluation.list()
    expect(state.evaluation.progress(run?.id ?? '').done).toBe(0)
    await nightly.close()
    await ticking
    expect(discord.posted).toEqual([])

    state.questions.fail('q', { code: 'x', message: 'x', advice: 'x' })
    const next = open([discord], { ROWBOT_NIGHTLY_CHANNELS: 'discord:G1/D1' })
    await next.tick()
    expect(state.evaluation.list().map(({ id, status }) => [id, status])).toEqual([[run?.id, 'finished']])
    expect(discord.posted).toHaveLength(1)
  })
})
