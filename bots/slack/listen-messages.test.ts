import { afterEach, expect, test } from 'vitest'
import type { ChatMessage } from '../desk/chat-message.ts'
import { type OpenSlack, openSlack } from '../testing/open-slack.ts'
import { SCOPES, THREAD_SCOPES } from './app-manifest.ts'

let open: OpenSlack

afterEach(() => open.close())

const notice = (text: string): ChatMessage => ({ kind: 'notice', tone: 'bad', text, advice: null, buttons: [] })
const THREADS = { scopes: [...SCOPES, ...THREAD_SCOPES], settings: { readsThreads: true } }

async function start(more: Parameters<typeof openSlack>[0] = {}) {
  open = await openSlack(more)
  const { people, workspace } = open.slack
  return { people, workspace, heard: open.desk.heard }
}

test('a mention asks without the mention, in its thread', async () => {
  const { people, workspace, heard } = await start()
  const ts = await people.say(open.at(), `<@${workspace.bot.userId}> how many orders & returns?`)
  const reply = await people.say(open.at({ thread: ts }), `only in France <@${workspace.bot.userId}>`)
  expect(heard.questions).toMatchObject([
    { text: 'how many orders & returns?', message: ts, handle: null, place: { thread: null, direct: false } },
    { text: 'only in France', message: reply, place: { thread: ts } },
  ])
})

test('a direct message asks; edits and deletions are passed on', async () => {
  const { people, heard } = await start()
  const ts = await people.say(open.direct(), 'how many?')
  await people.edit(open.direct(), ts, 'how many <b>?')
  await people.remove(open.direct(), ts)
  expect(heard.questions).toMatchObject([{ text: 'how many?', message: ts, place: { direct: true } }])
  expect(heard.changes).toMatchObject([
    { message: ts, text: 'how many <b>?' },
    { message: ts, text: null },
  ])
})

test('a mention of the bot is part of no question: not in a direct message, not when one was edited or a link in it shown', async () => {
  const { people, workspace, heard } = await start(THREADS)
  const mention = `<@${workspace.bot.userId}>`
  const asked = await people.say(open.at(), `${mention} how many orders?`)
  await people.unfurl(open.at(), asked)
  await people.edit(open.at(), asked, `${mention} how many returns?`)
  const direct = await people.say(open.direct(), `${mention} how many <b>?`)
  await people.edit(open.direct(), direct, `${mention} how many <c>?`)
  expect(heard.questions.map(({ text }) => text)).toEqual(['how many orders?', 'how many <b>?'])
  expect(heard.changes.map(({ text }) => text)).toEqual(['how many orders?', 'how many returns?', 'how many <c>?'])
})

test('a question is deleted too where its thread stays; what bots and Slack itself change is no question', async () => {
  const { people, workspace, heard } = await start(THREADS)
  const ts = await people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
  const place = { ...heard.questions[0]?.place, thread: ts } as never
  const posted = await open.desk
    .platform()
    .post({ place, onlyFor: null, replyTo: null, handle: null }, notice('Four.'), 's')
  await people.remove(open.at(), ts)
  expect(heard.changes).toMatchObject([{ message: ts, text: null }])
  const own = { type: 'message', user: workspace.bot.userId, bot_id: workspace.bot.botId, text: 'Five.' }
  for (const message of [own, { ...own, user: 'USLACKBOT', bot_id: undefined }])
    await people.event(workspace, {
      ...{ type: 'message', subtype: 'message_changed', channel: open.sales.id, channel_type: 'channel' },
      message: { ...message, ts: posted.ok ? JSON.parse(posted.value).ts : '' },
    })
  expect(heard.changes).toHaveLength(1)
})

test('an event that Slack sends again, or that comes as two, is one question', async () => {
  const { people, workspace, heard } = await start(THREADS)
  await people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
  expect(people.sent.map(({ payload }) => (payload.event as { type: string }).type)).toEqual(['app_mention', 'message'])
  for (const envelope of [...people.sent]) await people.resend(envelope)
  expect(heard.questions).toHaveLength(1)
})

test('replies without a mention are follow-ups only in threads of ours, only where that is switched on', async () => {
  const { people, workspace, heard } = await start(THREADS)
  const ours = await people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
  const theirs = await people.say(open.at(), 'lunch?')
  const place = { ...heard.questions[0]?.place, thread: ours } as never
  await open.desk.platform().post({ place, onlyFor: null, replyTo: null, handle: null }, notice('Four.'), 's')
  await people.say(open.at({ thread: ours }), 'only in France')
  await people.say(open.at({ thread: ours }), `ask <@${open.ana.id}> about it`)
  await people.say(open.at({ thread: theirs }), 'yes')
  await people.say(open.at(), 'nothing to do with it')
  expect(heard.questions.map(({ text }) => text)).toEqual(['how many?', 'only in France'])
})
