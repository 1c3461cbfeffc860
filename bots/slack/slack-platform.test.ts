import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { ChatPlatform, Destination, Sent } from '../desk/chat-platform.ts'
import { showMessage } from '../testing/fake-slack/show-message.ts'
import { addUser } from '../testing/fake-slack/slack-world.ts'
import { type OpenSlack, openSlack } from '../testing/open-slack.ts'
import { replyTo } from '../testing/reply-to.ts'

let open: OpenSlack
let platform: ChatPlatform

beforeEach(async () => {
  open = await openSlack()
  platform = open.desk.platform()
})

afterEach(() => open.close())

const progress: ChatMessage = { kind: 'progress', text: 'Reading shop…', buttons: [] }

function to(about: Partial<Destination> & { thread?: string | null; channel?: string } = {}): Destination {
  const { thread = null, channel = open.sales.id, ...rest } = about
  const place = { platform: 'slack', workspace: open.slack.workspace.id, channel, thread, direct: false, shared: false }
  return { place, onlyFor: null, replyTo: null, handle: null, ...rest }
}

function valueIn<Value>(sent: Sent<Value>): Value {
  if (!sent.ok) throw new Error(`not sent: ${JSON.stringify(sent.failure)}`)
  return sent.value
}

const reply = (question: string): ChatMessage => ({
  kind: 'reply',
  reply: replyTo(question),
  lead: [],
  plain: false,
  buttons: [],
})

describe('messages', () => {
  test('a placeholder becomes the answer, in the thread of the question, with a table that can be sorted', async () => {
    const question = await open.slack.people.say(open.at(), 'who are the best customers?')
    const posted = valueIn(await platform.post(to({ replyTo: question }), progress, 'stamp-1'))
    expect(valueIn(await platform.update(posted, reply('customers'), to()))).toBe(posted)
    const message = open.sales.messages.at(-1)
    expect(message).toMatchObject({ thread: question, edits: 1 })
    const shown = showMessage(message as never)
    expect(shown).toContain('Nordlicht GmbH | 184,231.25')
    expect(shown).toContain('no such column: amount')
  })

  test('a chart is a picture that Slack has gone over, with words for who cannot see it', async () => {
    valueIn(await platform.post(to(), reply('orders per month'), 'stamp-1'))
    const image = open.sales.messages.at(-1)?.blocks.find(({ type }) => type === 'image')
    expect(image?.alt_text).toMatch(/^Line chart/)
    expect(
      open.slack.workspace.files
        .get(image?.slack_file?.id ?? '')
        ?.content.subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('without the scope for files the answer comes without its chart, and the log says which is missing', async () => {
    open.slack.workspace.bot.scopes.delete('files:write')
    valueIn(await platform.post(to(), reply('orders per month'), 'stamp-1'))
    expect(showMessage(open.sales.messages.at(-1) as never)).toContain('2025')
    expect(JSON.stringify(open.logged)).toContain('files:write')
  })

  test('what is for one person only they see; their files go to their direct messages', async () => {
    const alone = to({ onlyFor: open.ana.id })
    const posted = valueIn(await platform.post(alone, progress, 'stamp-1'))
    valueIn(await platform.update(posted, { ...progress, text: 'Still reading' }, alone))
    valueIn(await platform.update(posted, reply('customers'), alone))
    expect(open.sales.messages.map(({ onlyFor }) => onlyFor)).toEqual([open.ana.id, open.ana.id])
    expect(showMessage(open.sales.messages[1] as never)).toContain('Nordlicht')
    valueIn(await platform.upload(alone, { name: 'a.csv', mimeType: 'text/csv', content: 'a\r\n1', alt: 'One row' }))
    expect(open.direct().channel.messages.at(-1)?.files).toMatchObject([{ name: 'a.csv', altText: 'One row' }])
    expect(open.sales.messages).toHaveLength(2)
  })

  test('in a channel that the bot is not in, the response address reaches, until it is too old', async () => {
    open.sales.members.delete(open.slack.workspace.bot.userId)
    await open.slack.people.command(open.at(), '/sql', 'how many?')
    const handle = open.desk.heard.questions[0]?.handle ?? null
    const posted = valueIn(await platform.post(to({ handle }), progress, 'stamp-1'))
    valueIn(await platform.update(posted, reply('customers'), to({ handle })))
    expect(open.sales.messages).toHaveLength(2)
    open.slack.expireAll()
    expect(await platform.post(to({ handle }), progress, 's')).toMatchObject({
      failure: { kind: 'gone', what: 'handle' },
    })
    expect(await platform.post(to(), progress, 's')).toMatchObject({ failure: { kind: 'gone', what: 'bot-removed' } })
  })

  test('where the question was deleted the answer stands in the channel', async () => {
    const question = await open.slack.people.say(open.at(), 'how many?')
    await open.slack.people.remove(open.at(), question)
    valueIn(await platform.post(to({ replyTo: question }), progress, 'stamp-1'))
    expect(open.sales.messages).toMatchObject([{ thread: undefined }])
  })
})

describe('after a crash', () => {
  test('what was sent is found by its stamp, in threads and direct messages too', async () => {
    open.slack.workspace.bot.scopes.add('channels:history')
    const question = await open.slack.people.say(open.at(), 'how many?')
    const direct = to({ channel: open.direct().channel.id })
    for (const place of [to(), to({ replyTo: question }), direct]) {
      open.slack.faults.loseAnswer('chat.postMessage')
      expect(await platform.post(place, progress, 'stamp-1')).toMatchObject({ failure: { kind: 'unavailable' } })
      const found = valueIn(await platform.find(place, 'stamp-1'))
      expect(valueIn(await platform.update(found ?? '', reply('customers'), place))).toBe(found)
      expect(valueIn(await platform.find(place, 'stamp-2'))).toBeNull()
    }
    expect(open.sales.messages.filter(({ user }) => user === open.slack.workspace.bot.userId)).toHaveLength(2)
  })

  test('without the history scope nothing is found, and still no answer stands there twice', async () => {
    open.slack.faults.loseAnswer('chat.postMessage')
    expect(await platform.post(to(), reply('customers'), 'stamp-1')).toMatchObject({ failure: { kind: 'unavailable' } })
    expect(await platform.find(to(), 'stamp-1')).toEqual({ ok: true, value: null })
    valueIn(await platform.post(to(), reply('customers'), 'stamp-1'))
    expect(open.sales.messages.map((one) => showMessage(one).includes('Nordlicht'))).toEqual([false, true])
    open.slack.faults.refuse('chat.update', 'invalid_blocks')
    expect(await platform.post(to(), reply('customers'), 's')).toMatchObject({ failure: { kind: 'rich-refused' } })
    expect(open.sales.messages).toHaveLength(2)
  })
})

describe('failures', () => {
  test.each([
    ['invalid_blocks', { kind: 'rich-refused' }],
    ['msg_too_long', { kind: 'rich-refused' }],
    ['channel_not_found', { kind: 'gone', what: 'channel' }],
    ['is_archived', { kind: 'gone', what: 'channel' }],
    ['not_in_channel', { kind: 'gone', what: 'bot-removed' }],
    ['token_revoked', { kind: 'unauthorised' }],
    ['internal_error', { kind: 'unavailable' }],
    ['restricted_action', { kind: 'forbidden', missing: 'restricted_action' }],
  ])('%s is told as what it means', async (code, failure) => {
    open.slack.faults.refuse('chat.postMessage', code)
    expect(await platform.post(to(), progress, 's')).toMatchObject({ ok: false, failure })
  })

  test('a missing scope is named with what to do', async () => {
    open.slack.workspace.bot.scopes.delete('chat:write')
    const failure = { kind: 'forbidden', missing: 'chat:write', fix: expect.stringContaining('rowbot install slack') }
    expect(await platform.post(to(), progress, 's')).toMatchObject({ failure })
  })

  test('a rate limit is told at once, with how long to wait, and nothing is tried again', async () => {
    open.slack.faults.rateLimit('chat.postMessage', { retryAfterSeconds: 7 })
    expect(await platform.post(to(), progress, 's')).toMatchObject({
      failure: { kind: 'rate-limited', retryAfterMs: 7000 },
    })
    expect(open.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })

  test('a Slack that is down, a deleted message, an unknown workspace', async () => {
    const posted = valueIn(await platform.post(to(), progress, 's'))
    open.slack.faults.setDown(true)
    expect(await platform.update(posted, progress, to())).toMatchObject({ failure: { kind: 'unavailable' } })
    open.slack.faults.setDown(false)
    open.sales.messages = []
    expect(await platform.update(posted, progress, to())).toMatchObject({ failure: { kind: 'gone', what: 'message' } })
    const elsewhere = { ...to(), place: { ...to().place, workspace: 'T0OTHER' } }
    expect(await platform.post(elsewhere, progress, 's')).toMatchObject({ failure: { kind: 'unauthorised' } })
  })

  test('a message that is refused goes through as plain text', async () => {
    open.slack.faults.refuse('chat.update', 'invalid_blocks')
    const posted = valueIn(await platform.post(to(), progress, 's'))
    const answer = reply('hostile')
    expect(await platform.update(posted, answer, to())).toMatchObject({ failure: { kind: 'rich-refused' } })
    valueIn(await platform.update(posted, { ...answer, plain: true } as ChatMessage, to()))
    expect(open.sales.messages.at(-1)).toMatchObject({ blocks: [], text: expect.stringContaining('notes') })
  })
})

test('people are looked up with time zone, groups and standing, and remembered for a while', async () => {
  const { workspace } = open.slack
  const guest = addUser(workspace, 'Gus', { isGuest: true, timeZone: 'Asia/Tokyo', locale: 'ja-JP' })
  const foreign = addUser(workspace, 'Flo', { team: 'T0ELSEWHERE' })
  const gone = addUser(workspace, 'Gone', { isDeleted: true })
  workspace.groups.set('S1', { id: 'S1', handle: 'finance', members: [guest.id] })
  const look = (id: string) => platform.lookUp(to().place, id)
  expect(valueIn(await look(guest.id))).toMatchObject({
    isGuest: true,
    timeZone: 'Asia/Tokyo',
    locale: 'ja-JP',
    groups: ['S1'],
  })
  expect(valueIn(await look(foreign.id))).toMatchObject({ isForeign: true, groups: [] })
  expect(valueIn(await look(gone.id))).toMatchObject({ isMember: false })
  expect(await look('U0NOBODY')).toMatchObject({ failure: { kind: 'gone', what: 'person' } })
  const before = open.slack.calls.length
  await look(guest.id)
  expect(open.slack.calls).toHaveLength(before)
})
