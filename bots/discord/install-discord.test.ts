import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { type FakeDiscord, startFakeDiscord } from '../testing/fake-discord/fake-discord.ts'
import { refusals } from '../testing/fake-discord/refusal.ts'
import { effectsOf, showChannel } from '../testing/fake-discord/show-message.ts'
import { PERMISSIONS } from '../testing/fake-discord/world.ts'
import { installDiscord } from './install-discord.ts'
import { smokeDiscord } from './smoke-discord.ts'

let discord: FakeDiscord

beforeEach(async () => {
  discord = await startFakeDiscord()
})

afterEach(() => discord.close())

const settings = (about = {}) => ({ token: discord.token, messageContent: false, api: discord.api, ...about })

test('without a token it says how to make one, with one how to invite the bot', async () => {
  const made = await installDiscord(settings({ token: null }))
  expect(made).toMatchObject({ findings: [], steps: expect.arrayContaining([expect.stringContaining('Reset Token')]) })
  const { steps, findings } = await installDiscord(settings())
  const { searchParams } = new URL(/https:\S+/.exec(steps[0] ?? '')?.[0] ?? '')
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: discord.world.application.id,
    scope: 'bot applications.commands',
    permissions: String(
      PERMISSIONS.viewChannel |
        PERMISSIONS.sendMessages |
        PERMISSIONS.sendInThreads |
        PERMISSIONS.attachFiles |
        PERMISSIONS.readMessageHistory,
    ),
  })
  expect(findings.map(({ found }) => found)).toEqual(['Rowbot', 'the bot is in none yet'])
})

test('what is missing is named with the fix: permissions, the intent, a token that is no good, no network', async () => {
  discord.addGuild('Harbour').withheld = PERMISSIONS.attachFiles
  const { findings } = await installDiscord(settings({ messageContent: true }))
  expect(findings).toMatchObject([
    { ok: true, what: 'token' },
    { ok: false, what: 'message-content intent', advice: expect.stringContaining('developer portal') },
    { ok: false, what: 'server Harbour', found: 'Attach Files missing' },
  ])
  const refused = await installDiscord(settings({ token: 'not.the.token' }))
  expect(refused.findings).toMatchObject([{ ok: false, found: 'Discord refuses it' }])
  discord.setDown(true)
  const down = await installDiscord(settings())
  expect(down.findings).toMatchObject([{ ok: false, found: expect.stringContaining('cannot be asked') }])
})

test('the smoke test sends one of each kind, and tells of a message that Discord refuses', async () => {
  const channel = discord.addChannel(discord.addGuild('Harbour'), 'test')
  const smoke = async () => {
    const findings: Finding[] = []
    const tell = (finding: Finding) => void findings.push(finding)
    await smokeDiscord(settings(), { channel: channel.id, locale: 'en-US', tell })
    return findings
  }
  expect((await smoke()).filter(({ ok }) => !ok)).toEqual([])
  expect(showChannel(discord.world, channel)).toContain('2025-07')
  expect(discord.world.messages.flatMap(effectsOf)).toEqual([])
  discord.refuse(/PATCH \/channels/, refusals.invalidBody(['components']))
  expect((await smoke()).filter(({ ok }) => !ok)).toMatchObject([
    { what: 'notice: becomes the message', found: 'rich-refused' },
  ])
})
