import type { Client } from 'discord.js'
import { Events } from 'discord.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChatButton, ChatMessage } from '../desk/chat-message.ts'
import type { ChatPlatform, Destination } from '../desk/chat-platform.ts'
import { type FakeDiscord, startFakeDiscord } from '../testing/fake-discord/fake-discord.ts'
import { type Person, sentText } from '../testing/fake-discord/people.ts'
import { type Refusal, refusals } from '../testing/fake-discord/refusal.ts'
import type { Channel, Guild } from '../testing/fake-discord/world.ts'
import { createClient } from './client.ts'
import { createDiscordPlatform } from './discord-platform.ts'
import { createPromises } from './promises.ts'

let discord: FakeDiscord
let client: Client
let platform: ChatPlatform
let guild: Guild
let channel: Channel
let ana: Person

beforeAll(async () => {
  discord = await startFakeDiscord()
  guild = discord.addGuild('Harbour')
  channel = discord.addChannel(guild, 'sales')
  const managers = discord.addRole(guild, 'managers')
  ana = discord.addPerson('Ana', { guild, roles: [managers.id] })
  client = createClient({ messageContent: false, api: discord.api })
  platform = createDiscordPlatform({ client, promises: createPromises(), locales: new Map(), locale: 'en-GB' })
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(discord.token)
  await ready
})

afterAll(async () => {
  await client.destroy()
  await discord.close()
})

const button: ChatButton = { name: 'stop', id: 'stop.1', label: 'Stop', style: 'danger', opensForm: false }
const progress = (text: string): ChatMessage => ({ kind: 'progress', text, buttons: [button] })
const notice = (text: string): ChatMessage => ({ kind: 'notice', tone: 'good', text, advice: null, buttons: [] })

function inChannel(more: Partial<Destination> = {}): Destination {
  const place = {
    platform: 'discord',
    workspace: guild.id,
    channel: channel.id,
    thread: null,
    direct: false,
    shared: false,
  }
  return { place, onlyFor: null, replyTo: null, handle: null, ...more }
}

function lastText(): string {
  const last = discord.seenBy(ana, channel).at(-1)
  return last ? sentText(last) : ''
}

test('every request was checked against Discord’s own specification', ({ skip }) => {
  if (!discord.checksSpecification) skip('Discord’s OpenAPI file is not beside the repository')
  expect(discord.checksSpecification).toBe(true)
})

test('a message is posted once however often it is sent, found by its stamp, and becomes another one', async () => {
  const first = await platform.post(inChannel(), progress('reading shop…'), 'stamp-1')
  const again = await platform.post(inChannel(), progress('reading shop…'), 'stamp-1')
  expect(again).toEqual(first)
  expect(await platform.find(inChannel(), 'stamp-1')).toEqual(first)
  expect(await platform.find(inChannel(), 'stamp-2')).toEqual({ ok: true, value: null })
  expect(await platform.update(first.ok ? first.value : '', notice('Done, @everyone.'), inChannel())).toEqual(first)
  expect(discord.seenBy(ana, channel)).toHaveLength(1)
  expect(lastText()).toBe('✅ Done, \\@everyone.')
  expect(discord.seenBy(ana, channel)[0]).toMatchObject({ pings: [], edited: true })
})

test('an answer to a message replies to it without pinging anybody', async () => {
  const asked = ana.say(channel, 'hello')
  await platform.post(inChannel({ replyTo: asked.id }), notice('Hello.'), 'stamp-3')
  expect(discord.seenBy(ana, channel).at(-1)).toMatchObject({ replyTo: asked.id, pings: [] })
})

test('a file is sent with words for those who cannot see it', async () => {
  const file = { name: 'rows.csv', mimeType: 'text/csv', content: 'a,b\n1,2\n', alt: 'All rows' }
  expect(await platform.upload(inChannel(), file)).toEqual({ ok: true, value: null })
  const [attachment] = discord.seenBy(ana, channel).at(-1)?.attachments ?? []
  expect(attachment).toMatchObject({ filename: 'rows.csv', description: 'All rows' })
  expect(discord.world.files.get(attachment?.id ?? '')?.toString()).toBe('a,b\n1,2\n')
})

test('people are looked up with their roles; who left is no member, who owns the server administers it', async () => {
  const { place } = inChannel()
  const found = await platform.lookUp(place, ana.user.id)
  expect(found).toMatchObject({ ok: true, value: { name: 'Ana', isMember: true, isAdmin: false, isBot: false } })
  expect(found.ok && found.value.groups).toHaveLength(1)
  const stranger = discord.addPerson('Stranger')
  expect(await platform.lookUp(place, stranger.user.id)).toMatchObject({ ok: true, value: { isMember: false } })
  expect(await platform.lookUp(place, guild.ownerId)).toMatchObject({ ok: true, value: { isAdmin: true } })
  expect(await platform.lookUp(place, '123456789012345678')).toMatchObject({
    failure: { kind: 'gone', what: 'person' },
  })
  expect(await platform.lookUp({ ...place, workspace: '123456789012345678' }, ana.user.id)).toMatchObject({
    failure: { kind: 'gone', what: 'bot-removed' },
  })
})

test('a direct channel is opened, and what is for one person alone goes there only', async () => {
  const direct = await platform.openDirect(guild.id, ana.user.id)
  expect(direct).toMatchObject({ ok: true, value: { direct: true, workspace: '', channel: discord.direct(ana).id } })
  const alone = inChannel({ onlyFor: ana.user.id })
  expect(await platform.post(alone, notice('secret'), 'stamp-4')).toMatchObject({
    failure: { kind: 'gone', what: 'handle' },
  })
  if (direct.ok) await platform.post({ ...alone, place: direct.value }, notice('secret'), 'stamp-5')
  expect(discord.seenBy(ana, discord.direct(ana)).map(sentText)).toEqual(['✅ secret'])
})

test.each<[string, Refusal, object]>([
  ['a deleted channel', refusals.unknownChannel(), { kind: 'gone', what: 'channel' }],
  ['a channel closed to the bot', refusals.missingAccess(), { kind: 'forbidden', missing: 'View Channel' }],
  ['a missing permission', refusals.missingPermissions(), { kind: 'forbidden' }],
  ['a message that it does not like', refusals.invalidBody(['no']), { kind: 'rich-refused' }],
  ['too many requests', refusals.rateLimited(1500), { kind: 'rate-limited', retryAfterMs: expect.closeTo(1550, -3) }],
  ['a failure of its own', refusals.unavailable(), { kind: 'unavailable' }],
])('%s is a failure that the desk understands', async (_, refusal, failure) => {
  const elsewhere = discord.addChannel(guild, 'elsewhere')
  const to = inChannel()
  to.place.channel = elsewhere.id
  discord.refuse(new RegExp(`POST /channels/${elsewhere.id}/messages`), refusal)
  const sent = await platform.post(to, notice('x'), 'stamp-6')
  expect(sent).toMatchObject({ ok: false, failure })
  expect(JSON.stringify(sent)).not.toContain(discord.token)
})

test('a message that was deleted while it was worked on is gone', async () => {
  const posted = await platform.post(inChannel(), notice('soon gone'), 'stamp-7')
  discord.world.messages.pop()
  expect(await platform.update(posted.ok ? posted.value : '', notice('y'), inChannel())).toMatchObject({
    failure: { kind: 'gone', what: 'message' },
  })
})
