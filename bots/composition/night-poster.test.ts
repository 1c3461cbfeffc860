import { Events } from 'discord.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NightPost } from '#core/evaluation/night-post.ts'
import { brokenMessage } from '../desk/actions/show-broken.ts'
import type { ChatPlatform } from '../desk/chat-platform.ts'
import { createClient } from '../discord/client.ts'
import { createDiscordPlatform } from '../discord/discord-platform.ts'
import { createPromises } from '../discord/promises.ts'
import { createNightPoster } from '../nightly/night-poster.ts'
import { SCOPES, THREAD_SCOPES } from '../slack/app-manifest.ts'
import { type FakeDiscord, startFakeDiscord } from '../testing/fake-discord/fake-discord.ts'
import { type Person, sentText } from '../testing/fake-discord/people.ts'
import type { Channel, Guild } from '../testing/fake-discord/world.ts'
import { showMessage } from '../testing/fake-slack/show-message.ts'
import { type OpenSlack, openSlack } from '../testing/open-slack.ts'
import { changedCase, scriptedEvaluations } from '../testing/scripted-evaluations.ts'

const HOSTILE = 'How many <!channel> @everyone `singers` are there?'
const changed = { ...changedCase, question: HOSTILE }
const post: NightPost = {
  night: '2026-11-28',
  headline: 'Execution accuracy on spider-dev: 58.0 (95 % interval 55.0 to 61.0, n = 1034); −3.1 points.',
  tone: 'bad',
  sections: [{ heading: 'By hardness', lines: ['easy 80.2 · medium 60.1 · hard 44.0 · extra 30.1'] }],
  trend: scriptedEvaluations.trend(),
  broken: [changed],
  isAlarm: true,
  runId: '20261128-023000-ab12',
}

let slack: OpenSlack
let discord: FakeDiscord
let guild: Guild
let channel: Channel
let ben: Person
let close: () => Promise<void>
let platforms: Map<string, ChatPlatform>

beforeAll(async () => {
  slack = await openSlack({ scopes: [...SCOPES, ...THREAD_SCOPES] })
  discord = await startFakeDiscord()
  guild = discord.addGuild('Harbour')
  channel = discord.addChannel(guild, 'benchmark')
  ben = discord.addPerson('Ben', { guild })
  const client = createClient({ messageContent: false, api: discord.api })
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(discord.token)
  await ready
  const own = createDiscordPlatform({ client, promises: createPromises(), locales: new Map(), locale: 'en-GB' })
  platforms = new Map([
    ['slack', slack.desk.platform()],
    ['discord', own],
  ])
  close = async () => {
    await client.destroy()
    await discord.close()
    await slack.close()
  }
})
afterAll(() => close())

const poster = (mention: string[] = []) =>
  createNightPoster({ platforms, publicUrl: 'https://rowbot.example', mention, locale: 'en-US', pausesMs: [1, 1] })

test('Slack gets the figures, the link, the button and the chart, and tells the people that are set', async () => {
  const send = poster([`slack:${slack.ana.id}`])
  const name = `slack:${slack.slack.workspace.id}/${slack.sales.id}`
  expect(await send.post(name, post, { isAgain: false })).toBeNull()
  await send.addChart(name, post)
  const message = slack.sales.messages.find(({ blocks }) => blocks.some(({ type }) => type === 'header'))
  const shown = showMessage(message as never)
  for (const text of ['58.0', 'easy 80.2', 'https://rowbot.example/#/runs/20261128-023000-ab12', 'newly broken'])
    expect(shown).toContain(text)
  expect(JSON.stringify(message?.blocks)).toContain(`"user_id":"${slack.ana.id}"`)
  expect([...slack.slack.workspace.files.values()].some(({ name: file }) => file === 'trend-2026-11-28.png')).toBe(true)
  const before = slack.sales.messages.length
  expect(await send.post(name, post, { isAgain: true })).toBeNull()
  expect(slack.sales.messages).toHaveLength(before)
})

test('with the scopes that Slack grants by default, nothing that was perhaps sent is sent again', async () => {
  const plain = await openSlack()
  try {
    const send = createNightPoster({
      platforms: new Map([['slack', plain.desk.platform()]]),
      publicUrl: null,
      mention: [],
      locale: 'en-US',
      pausesMs: [1],
    })
    const name = `slack:${plain.slack.workspace.id}/${plain.sales.id}`
    expect(await send.post(name, post, { isAgain: false })).toBeNull()
    expect(plain.sales.messages).toHaveLength(1)
    expect(await send.post(name, post, { isAgain: true })).toMatch(/cannot look there.*channels:history/)
    expect(plain.sales.messages).toHaveLength(1)
  } finally {
    await plain.close()
  }
})

test('Discord gets the same', async () => {
  const send = poster([`discord:${ben.user.id}`, 'slack:U1'])
  expect(await send.post(`discord:${guild.id}/${channel.id}`, post, { isAgain: false })).toBeNull()
  const texts = discord.seenBy(ben, channel).map((message) => sentText(message))
  const text = texts.join('\n')
  expect(text).toContain('58.0')
  expect(text).toContain('easy 80.2')
  expect(text).toContain(`<@${ben.user.id}>`)
})

test('a channel that is gone or that nobody could mean is said', async () => {
  const send = poster()
  const gone = `slack:${slack.slack.workspace.id}/C0NOTTHERE`
  expect(await send.post(gone, post, { isAgain: false })).toContain('is not there any more')
  expect(await send.post('slack', post, { isAgain: false })).toContain('names no channel')
  expect(await send.post('teams:a/b', post, { isAgain: false })).toContain('teams is not connected')
})

test('questions newly broken come with all their SQL, whatever they hold', () => {
  const [section] = brokenMessage('2026-11-28', [changed]).sections
  expect(section).toMatchObject({ heading: HOSTILE, code: expect.stringContaining('-- no query') })
})
