import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '#core/config.ts'
import { openState } from '#databases/state/open-state.ts'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { EMBEDDED_SHARDS, WITHOUT_SHARDS } from '#models/testing/embedded-shards.ts'
import { SCOPES } from '../slack/app-manifest.ts'
import { type FakeDiscord, startFakeDiscord } from '../testing/fake-discord/fake-discord.ts'
import type { Person } from '../testing/fake-discord/people.ts'
import { showMessage as showDiscord } from '../testing/fake-discord/show-message.ts'
import type { Channel } from '../testing/fake-discord/world.ts'
import { showMessage as showSlack } from '../testing/fake-slack/show-message.ts'
import type { At } from '../testing/fake-slack/slack-people.ts'
import { addChannel, addUser } from '../testing/fake-slack/slack-world.ts'
import { type FakeSlack, startFakeSlack } from '../testing/fake-slack/start-fake-slack.ts'
import { places } from './open-rooms.ts'
import { serve } from './serve.ts'

const PATIENCE_MS = 300_000
const DAY_MS = 24 * 3_600_000

let root: string
let slack: FakeSlack
let discord: FakeDiscord
let ana: At
let ben: Person
let board: Channel
let clock: Date

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'rowbot-nightly-'))
  // With a folder in its place the sample shop is not made.
  mkdirSync(join(root, 'home', 'sample'), { recursive: true })
  writeTinySpider(join(root, 'spider'))
  slack = await startFakeSlack({ scopes: SCOPES })
  const user = addUser(slack.workspace, 'Ana')
  const channel = addChannel(slack.workspace, 'benchmark', { members: [user.id, slack.workspace.bot.userId] })
  ana = { workspace: slack.workspace, user, channel }
  discord = await startFakeDiscord()
  const guild = discord.addGuild('Harbour')
  board = discord.addChannel(guild, 'benchmark')
  ben = discord.addPerson('Ben', { guild })
})
afterAll(async () => {
  await slack.close()
  await discord.close()
  rmSync(root, { recursive: true, force: true })
})

/** The whole bot over both chats and the embedded model; only the clock of the nightly run is ours. */
function start(): { stop(): Promise<void> } {
  const { workspace } = slack
  const config = readConfig({
    env: {
      ROWBOT_HOME: join(root, 'home'),
      ROWBOT_PORT: '0',
      ROWBOT_GPU: 'off',
      ROWBOT_THREADS: '1',
      ROWBOT_ANSWER_DEADLINE_MS: '600000',
      ROWBOT_EFFORT: 'fast',
      ROWBOT_LOG_LEVEL: 'silent',
      ROWBOT_LOCALE: 'en-US',
      ROWBOT_SANDBOX_PROCESSES: '1',
      ROWBOT_SPIDER: join(root, 'spider'),
      ROWBOT_NIGHTLY_AT: '02:30',
      ROWBOT_NIGHTLY_TIME_ZONE: 'UTC',
      ROWBOT_NIGHTLY_CHANNELS: `slack:${workspace.id}/${ana.channel.id} discord:${board.guildId}/${board.id} slack:${workspace.id}/C0GONE`,
      ROWBOT_SLACK_BOT_TOKEN: workspace.bot.token,
      ROWBOT_SLACK_APP_TOKEN: slack.appToken,
      ROWBOT_SLACK_API_URL: slack.apiUrl,
      ROWBOT_DISCORD_TOKEN: discord.token,
      ROWBOT_DISCORD_API_URL: discord.api,
    },
  })
  const stopping = new AbortController()
  const running = serve(config, () => undefined, stopping.signal, { now: () => clock, lookMs: 100 })
  return {
    async stop() {
      stopping.abort(new Error('the test is over'))
      await running
    },
  }
}

const onSlack = () => ana.channel.messages.filter(({ user }) => user === slack.workspace.bot.userId)
const onDiscord = () => discord.seenBy(ben, board).filter(({ authorId }) => authorId !== ben.user.id)
const inSlack = (words: string) =>
  slack.until(() => onSlack().find((one) => showSlack(one).includes(words)), PATIENCE_MS)
const inDiscord = (words: string) =>
  slack.until(() => onDiscord().find((one) => showDiscord(one).includes(words)), PATIENCE_MS)

function remembered() {
  const state = openState({ path: places(join(root, 'home')).state })
  try {
    const [run] = state.evaluation.list()
    const [last] = state.nights.list(1)
    return { ...state.evaluation.progress(run?.id ?? ''), run, posts: state.nights.posts(last?.night ?? '') }
  } finally {
    state.close()
  }
}

describe.skipIf(EMBEDDED_SHARDS === null)(`the nightly benchmark of the whole bot${WITHOUT_SHARDS}`, () => {
  test('asks the embedded model at its hour and posts to Slack and Discord what that gave, once', {
    timeout: 4 * PATIENCE_MS,
  }, async () => {
    // Nights of the past, since the state has the clock of this machine.
    const second = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)
    const first = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10)
    clock = new Date(`${first}T02:29:50Z`)
    const bot = start()
    try {
      await slack.until(() => slack.socket.connections() > 0 && discord.world.commands.length > 0, PATIENCE_MS)
      await slack.people.command(ana, '/rowbot', 'benchmark')
      await inSlack('Nothing was measured on this machine yet')

      clock = new Date(`${first}T02:30:10Z`)
      const posted = showSlack(await inSlack(`Benchmark of the night of ${first}`))
      const night = remembered()
      expect(night).toMatchObject({ planned: 6, done: 6, run: { kind: 'nightly', status: 'finished' } })
      // Six plain questions: what is wrong with some of them is not a matter of chance.
      expect(night.right).toBeGreaterThanOrEqual(5)
      const percent = ((100 * night.right) / 6).toFixed(1)
      for (const text of [posted, showDiscord(await inDiscord(`Benchmark of the night of ${first}`))]) {
        expect(text).toContain(`Execution accuracy on spider-dev: ${percent} (95 % interval`)
        expect(text).toMatch(/Test-suite accuracy \d+\.\d \(.*n = 4\)/)
        expect(text).toMatch(/model: rowbot-embedded \([0-9a-f]{12}\)/)
        expect(text).toMatch(/p50 \d+\.\d s, p95 \d+\.\d s, \d+\.\d tokens\/s/)
      }

      // Somebody renames a table of the data set: what asks for it cannot be right any more.
      const fleet = new Database(join(root, 'spider', 'database', 'fleet', 'fleet.sqlite'))
      fleet.exec('ALTER TABLE ship RENAME TO vessel')
      fleet.close()
      clock = new Date(`${second}T02:30:10Z`)
      const worse = await inSlack(`Benchmark of the night of ${second}`)
      const worseToo = await inDiscord(`Benchmark of the night of ${second}`)
      for (const text of [showSlack(worse), showDiscord(worseToo)]) {
        expect(text).toMatch(/\d points since the last run: no significant change \(p = \d\.\d+, 6 questions\)/)
        expect(text).toContain('fleet 0.0 of 2')
      }
      const posts = await slack.until(() => {
        const known = remembered().posts
        return known.length === 3 && known.every(({ status }) => status !== 'sending') && known
      }, PATIENCE_MS)
      const failed = posts.filter(({ status }) => status === 'failed')
      expect(failed).toMatchObject([
        { channel: expect.stringContaining('C0GONE'), message: expect.stringContaining('not there any more') },
      ])

      const [, broken] = /(\d) newly broken/.exec(showSlack(worse)) ?? []
      const label = broken === '1' ? 'The question newly broken' : `${broken} questions newly broken`
      await slack.people.press(ana, worse, label)
      expect(showSlack(await inSlack('Newly broken in the night'))).toContain('FROM ship')
      ben.press(worseToo, label)
      expect(showDiscord(await inDiscord('Newly broken in the night'))).toContain('FROM ship')
      await slack.people.command(ana, '/rowbot', 'benchmark')
      await inSlack(`Night of ${second}`)
      ben.slash(board, 'rowbot benchmark')
      await inDiscord(`Night of ${second}`)
    } finally {
      await bot.stop()
    }
    for (const night of [first, second]) {
      const title = `Benchmark of the night of ${night}`
      expect(onSlack().filter((one) => showSlack(one).includes(title))).toHaveLength(1)
      expect(onDiscord().filter((one) => showDiscord(one).includes(title))).toHaveLength(1)
    }
    const pictures = [...slack.workspace.files.values()].map(({ name }) => name)
    expect(pictures).toEqual([`trend-${second}.png`])
  })
})
