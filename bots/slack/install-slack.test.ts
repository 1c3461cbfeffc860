import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { showChannel } from '../testing/fake-slack/show-message.ts'
import { addChannel, type SlackChannel } from '../testing/fake-slack/slack-world.ts'
import { type FakeSlack, startFakeSlack } from '../testing/fake-slack/start-fake-slack.ts'
import { testSettings } from '../testing/open-slack.ts'
import { SCOPES } from './app-manifest.ts'
import { installSlack } from './install-slack.ts'
import { smokeSlack } from './smoke-slack.ts'

let slack: FakeSlack
let channel: SlackChannel

beforeEach(async () => {
  slack = await startFakeSlack({ scopes: SCOPES })
  channel = addChannel(slack.workspace, 'test', { members: [slack.workspace.bot.userId] })
})

afterEach(() => slack.close())

test('the manifest asks for what the adapter uses, by sockets unless told otherwise', async () => {
  const manifestOf = async (about: object, publicUrl: string | null) =>
    JSON.parse((await installSlack({ ...testSettings(slack), ...about }, { publicUrl })).file?.content ?? '')
  const bySocket = await manifestOf({}, 'https://rowbot.example.com')
  expect(bySocket.settings.socket_mode_enabled).toBe(true)
  expect(bySocket.oauth_config.scopes.bot).toEqual(SCOPES)
  expect(JSON.stringify(bySocket)).not.toContain('example.com')
  const overHttp = await manifestOf(
    { appToken: null, signingSecret: 'secret', readsThreads: true },
    'https://rowbot.example.com',
  )
  expect(overHttp.settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: 'https://rowbot.example.com/slack/events' },
    event_subscriptions: { bot_events: expect.arrayContaining(['message.channels']) },
  })
  expect(overHttp.oauth_config.scopes.bot).toContain('channels:history')
})

test('missing scopes and tokens that are no good are named with the fix', async () => {
  slack.workspace.bot.scopes.delete('files:write')
  const { findings } = await installSlack({ ...testSettings(slack), appToken: 'xapp-wrong' }, { publicUrl: null })
  expect(findings).toMatchObject([
    { ok: true, found: 'rowbot in the workspace Acme' },
    { ok: false, found: 'files:write is missing', advice: expect.stringContaining('install it again') },
    { ok: false, what: 'app-level token', found: expect.stringContaining('invalid_auth') },
  ])
  slack.faults.setDown(true)
  const down = await installSlack(testSettings(slack), { publicUrl: null })
  expect(down.findings.map(({ found }) => found)).toEqual(Array(2).fill(expect.stringContaining('cannot be reached')))
})

test('the smoke test sends one of each kind, and tells of a message that Slack refuses', async () => {
  const smoke = async () => {
    const findings: Finding[] = []
    const tell = (finding: Finding) => void findings.push(finding)
    await smokeSlack(testSettings(slack), { channel: channel.id, locale: 'en-US', tell })
    return findings
  }
  expect((await smoke()).filter(({ ok }) => !ok)).toEqual([])
  expect(showChannel(slack.workspace, channel)).toContain('2025-07')
  slack.faults.refuse('chat.update', 'invalid_blocks')
  expect((await smoke()).filter(({ ok }) => !ok)).toMatchObject([
    { what: 'notice: becomes the message', found: 'rich-refused' },
  ])
})
