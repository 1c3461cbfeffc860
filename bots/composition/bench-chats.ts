import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '#core/config.ts'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { openGenerator } from '#models/open-generator.ts'
import { killDesk } from '../testing/kill-desk.ts'
import { openTestDesk, salesChannel, type TestDesk } from '../testing/open-test-desk.ts'

/** How the desk does under load: `npm run bench:bots -- --questions 200 --memory 5000 --kills 200 --embedded`. */
const { values: flags } = parseArgs({
  options: {
    questions: { type: 'string', default: '200' },
    memory: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '200' },
    embedded: { type: 'boolean', default: false },
  },
})

const PEOPLE = 50
const CHANNELS = 20
/** What a small model takes for a question on an idle machine. */
const MODEL_MS = 300
const CHANNEL_KEYS = Array.from({ length: CHANNELS }, (_, at) => `channel-${at}`)

const print = (line: string) => process.stdout.write(`${line}\n`)
const say = (what: string, figures: object) => print(JSON.stringify({ what, ...figures }))

await atOnce('scripted', Number(flags.questions), MODEL_MS)
if (flags.embedded) await withEmbedded(Number(flags.questions))
await memory(Number(flags.memory))
await underKills(Number(flags.kills))

async function atOnce(what: string, count: number, delayMs: number): Promise<void> {
  const generator = scriptedGenerator([{ when: /./, say: 'SELECT COUNT(*) FROM students', delayMs }])
  await measure(what, count, await open(generator))
}

async function withEmbedded(count: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'rowbot-bench-'))
  const config = readConfig({ env: { ROWBOT_HOME: home } })
  const places = { modelsDirectory: join(home, 'models'), prefixDirectory: join(home, 'prefixes') }
  const generator = await openGenerator({ ...config, ...places })
  try {
    await measure('embedded', count, await open(generator))
  } finally {
    await generator.close()
    rmSync(home, { recursive: true, force: true })
  }
}

function open(generator: Parameters<typeof openTestDesk>[0]['generator']): Promise<TestDesk> {
  const settings = { queueLimit: 10_000, questionsAtOnce: 2 }
  return openTestDesk({
    dumps: { school: SCHOOL_DUMP },
    generator,
    settings,
    bound: ['school'],
    channels: CHANNEL_KEYS,
  })
}

/** All at once: how soon each is acknowledged, how long people wait, and whether each has one end. */
async function measure(what: string, count: number, desk: TestDesk): Promise<void> {
  const acknowledged: number[] = []
  const ids: string[] = []
  const started = performance.now()
  for (let at = 0; at < count; at++) {
    const asked = performance.now()
    ids.push(askOne(desk, at))
    acknowledged.push(performance.now() - asked)
    // As on a socket, events come one after the other and others get their turn in between.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const waited = await Promise.all(ids.map((id) => ended(desk, id).then(() => performance.now() - started)))
  const replies = desk.platform.messages.filter(({ message }) => message.kind === 'reply')
  say(`${count} questions at once, ${what}`, {
    acknowledgedMs: { p50: percentile(acknowledged, 0.5), p99: percentile(acknowledged, 0.99) },
    waitedSeconds: { p50: percentile(waited, 0.5) / 1000, max: Math.max(...waited) / 1000 },
    answersPerMinute: Math.round((count / (performance.now() - started)) * 60_000),
    lost: ids.length - new Set(replies.map(({ message }) => message.kind === 'reply' && message.reply.questionId)).size,
    twice: desk.platform.messages.length - ids.length,
  })
  await desk.close()
}

/** Memory of this process after a first tenth and at the end: what grows is kept by mistake. */
async function memory(count: number): Promise<void> {
  const generator = scriptedGenerator([{ when: /./, say: 'SELECT COUNT(*) FROM students' }])
  const desk = await open(generator)
  const megabytes: number[] = []
  const batch = Math.max(1, Math.round(count / 10))
  for (let done = 0; done < count; done += batch) {
    const ids = Array.from({ length: batch }, (_, at) => askOne(desk, done + at))
    await Promise.all(ids.map((id) => ended(desk, id)))
    // The chat in memory and what the script was asked are no part of what is measured.
    desk.platform.messages.length = 0
    generator.requests.length = 0
    globalThis.gc?.()
    megabytes.push(Math.round(process.memoryUsage().rss / 1024 ** 2))
  }
  say(`memory over ${count} questions`, { megabytes })
  await desk.close()
}

async function underKills(kills: number): Promise<void> {
  const report = await killDesk({ questions: kills * 4, kills, random: Math.random, patienceMs: 10 * 60_000 })
  say(`${kills} times kill -9 under load`, { ...report, lost: report.lost.length, twice: report.twice.length })
}

function askOne(desk: TestDesk, at: number): string {
  const place = { ...salesChannel, channel: CHANNEL_KEYS[at % CHANNELS] ?? '' }
  return desk.ask('How many students are there?', { place, personId: `person-${at % PEOPLE}` })
}

async function ended(desk: TestDesk, id: string): Promise<void> {
  while (desk.parts.state.jobs.get(id)?.state !== 'done') await new Promise((resolve) => setTimeout(resolve, 20))
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100
}
