import { afterEach, describe, expect, test } from 'vitest'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { Destination } from '../desk/chat-platform.ts'
import type { IncomingQuestion } from '../desk/desk.ts'
import { button, discordStage, notice } from '../testing/discord-stage.ts'
import { refusals } from '../testing/fake-discord/refusal.ts'
import { effectsOf, showMessage } from '../testing/fake-discord/show-message.ts'
import { replyTo } from '../testing/reply-to.ts'
import { until } from '../testing/until.ts'

const { start, seen, shown, opened, close } = discordStage()

afterEach(close)

const progress: ChatMessage = { kind: 'progress', text: 'reading shop…', buttons: [button('stop')] }

const destination = ({ place, handle, message }: IncomingQuestion): Destination => ({
  place,
  handle,
  onlyFor: null,
  replyTo: message,
})

describe('asking', () => {
  test('/sql is promised an answer at once, which then takes the place of the promise', async () => {
    const { discord, ana, sales, heard, platform } = await start()
    ana.slash(sales, 'sql', { question: 'how many <b> orders?', database: 'shop' })
    await until(() => seen().length === 1)
    expect(shown()).toEqual(['… is thinking'])
    const question = heard.questions[0] as IncomingQuestion
    expect(question).toMatchObject({ text: 'how many <b> orders?', database: 'shop', visibility: null, message: null })
    expect(question.place).toMatchObject({ channel: sales.id, direct: false, thread: null })
    const to = destination(question)
    const posted = await platform().post(to, progress, 'stamp1')
    expect(shown()).toEqual(['⏳ reading shop…\n[stop]'])
    expect(await platform().find(to, 'stamp1')).toEqual(posted)
    const reply = replyTo('top customers')
    const updated = await platform().update(
      posted.ok ? posted.value : '',
      { kind: 'reply', reply, lead: [], plain: false, buttons: [button('csv')] },
      to,
    )
    expect(updated).toEqual(posted)
    expect(shown()).toHaveLength(1)
    expect(shown()[0]).toMatch(/Nordlicht GmbH +184,231\.25/)
    expect(shown()[0]).toContain('🖼 Bar chart')
    // A second message through the same interaction is one of its own.
    await platform().post(to, notice('And one more thing.'), 'stamp2')
    expect(shown()[1]).toBe('⚠️ And one more thing.\nAsk Ben.')
    expect(discord.requests.filter(({ status }) => status >= 400)).toEqual([])
  })

  test('a private question is seen by the asker alone; so is an answer that turns out to be private', async () => {
    const { discord, guild, ana, sales, heard, platform } = await start()
    const ben = discord.addPerson('Ben', { guild })
    ana.slash(sales, 'sql', { question: 'salaries?', private: true })
    ana.slash(sales, 'sql', { question: 'salaries again?' })
    await until(() => seen().length === 2)
    expect(heard.questions.map(({ visibility }) => visibility)).toEqual(['only-me', null])
    for (const [at, question] of heard.questions.entries()) {
      await platform().post({ ...destination(question), onlyFor: ana.user.id }, notice(`No. ${at}`), `stamp${at}`)
    }
    expect(shown()).toEqual([expect.stringContaining('No. 0'), expect.stringContaining('No. 1')])
    expect(discord.seenBy(ben, sales)).toEqual([])
  })

  test('what is refused is shown to the person alone', async () => {
    const { ana, sales } = await start({ accept: () => ({ kind: 'refused', message: notice('The queue is full.') }) })
    ana.slash(sales, 'sql', { question: 'how many?' })
    await until(() => shown()[0]?.includes('The queue is full.') ?? false)
    expect(seen()[0]).toMatchObject({ onlyFor: ana.user.id })
    ana.say(sales, `<@${opened().discord.world.application.id}> how many?`)
    const direct = opened().discord.direct(ana)
    await until(() => opened().discord.seenBy(ana, direct).length === 1)
    expect(opened().discord.seenBy(ana, direct).map(showMessage)[0]).toContain('The queue is full.')
  })

  test('mentions, replies and direct messages ask; what does not concern the bot is not even read', async () => {
    const { discord, ana, sales, heard, platform } = await start()
    const bot = discord.world.application.id
    const asked = ana.say(sales, `<@${bot}> how many orders & returns?`)
    await until(() => heard.questions.length === 1)
    const posted = await platform().post(destination(heard.questions[0] as IncomingQuestion), notice('Four.'), 'stamp')
    expect(seen()[1]).toMatchObject({ replyTo: asked.id, pings: [] })
    ana.say(sales, 'only in France', { replyTo: seen()[1] as never })
    ana.say(sales, 'lunch?')
    ana.say(sales, 'what do you think?', { replyTo: asked })
    ana.edit(asked, 'how many orders and returns? (what the bot cannot read any more)')
    const direct = ana.say(discord.direct(ana), 'how many?')
    ana.edit(direct, 'how many now?')
    ana.delete(direct)
    await until(() => heard.changes.length === 2)
    expect(heard.questions).toMatchObject([
      { text: 'how many orders & returns?', message: asked.id, follows: null, handle: null, place: { direct: false } },
      { text: 'only in France', follows: posted.ok && posted.value },
      { text: 'how many?', message: direct.id, place: { direct: true, workspace: '' } },
    ])
    expect(heard.changes).toMatchObject([
      { message: direct.id, text: 'how many now?' },
      { message: direct.id, text: null },
    ])
  })

  test('with the privileged intent too, only what concerns the bot is a question', async () => {
    const { discord, ana, sales, heard } = await start({}, { messageContent: true })
    ana.say(sales, 'lunch?')
    ana.say(sales, `<@${discord.world.application.id}> how many?`)
    await until(() => heard.questions.length > 0)
    expect(heard.questions.map(({ text }) => text)).toEqual(['how many?'])
  })

  test('a dropped socket is resumed, and what came meanwhile or twice is heard once', async () => {
    const { discord, ana, sales, heard } = await start()
    const bot = discord.world.application.id
    discord.gateway.drop(4000)
    ana.say(sales, `<@${bot}> during the drop?`)
    await until(() => heard.questions.length === 1)
    expect(discord.gateway.count).toMatchObject({ identified: 1, resumed: 1 })
    discord.gateway.sendAgain('MESSAGE_CREATE')
    ana.say(sales, `<@${bot}> after it?`)
    await until(() => heard.questions.length === 2)
    expect(heard.questions.map(({ text }) => text)).toEqual(['during the drop?', 'after it?'])
  })

  test('after a session that cannot be resumed the bot comes back by itself', async () => {
    const { discord, ana, sales, heard } = await start()
    discord.gateway.forgetSessions()
    discord.gateway.drop(4000)
    await until(() => discord.gateway.count.identified === 2, 15_000)
    ana.say(sales, `<@${discord.world.application.id}> still there?`)
    await until(() => heard.questions.length === 1)
  })
})

describe('answering late or in the way', () => {
  test('an answer after a quarter of an hour goes where its message is, and anew to the channel', async () => {
    const { discord, ana, sales, heard, platform } = await start()
    ana.slash(sales, 'sql', { question: 'how many?' })
    await until(() => seen().length === 1)
    const to = destination(heard.questions[0] as IncomingQuestion)
    const posted = await platform().post(to, progress, 'stamp1')
    discord.expireTokens()
    expect(await platform().update(posted.ok ? posted.value : '', notice('Late.'), to)).toEqual(posted)
    expect(shown()).toEqual([expect.stringContaining('Late.')])
    expect(await platform().post(to, notice('x'), 'stamp2')).toMatchObject({
      failure: { kind: 'gone', what: 'handle' },
    })
    expect(await platform().post({ ...to, handle: null }, notice('In the channel.'), 'stamp2')).toMatchObject({
      ok: true,
    })
    expect(shown()[1]).toContain('In the channel.')
  })

  test('a clock that differs from Discord’s loses no promise', async () => {
    const { discord, ana, sales, heard, platform } = await start()
    const { newId } = discord.world
    // The time stands in Discord's ids: by them it is half an hour earlier there.
    discord.world.newId = () => String(BigInt(newId()) - ((30n * 60_000n) << 22n))
    ana.slash(sales, 'sql', { question: 'how many?' })
    await until(() => heard.questions.length === 1)
    await platform().post(destination(heard.questions[0] as IncomingQuestion), notice('Four.'), 'stamp')
    expect(shown()).toEqual(['⚠️ Four.\nAsk Ben.'])
  })

  test('an interaction that was heard too late is answered in the channel', async () => {
    const { discord, ana, sales, heard, platform } = await start()
    discord.refuse(/POST \/interactions/, refusals.unknownInteraction())
    ana.slash(sales, 'sql', { question: 'how many?' })
    await until(() => heard.questions.length === 1)
    const to = destination(heard.questions[0] as IncomingQuestion)
    expect(await platform().post(to, progress, 's')).toMatchObject({ failure: { kind: 'gone', what: 'handle' } })
    expect(await platform().post({ ...to, handle: null }, progress, 's')).toMatchObject({ ok: true })
  })

  test('what an interaction was promised is filled in after a restart too, and only once', async () => {
    const { ana, sales, heard } = await start()
    ana.slash(sales, 'sql', { question: 'how many?' })
    await until(() => seen().length === 1)
    const to = destination(heard.questions[0] as IncomingQuestion)
    // Another process, which knows nothing of the interaction.
    const { startDiscord } = await import('./start-discord.ts')
    const { scriptDesk } = await import('../testing/scripted-desk.ts')
    const desk = scriptDesk()
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const { discord } = opened()
    const other = await startDiscord({
      desk,
      token: discord.token,
      messageContent: false,
      locale: 'en',
      log,
      api: discord.api,
    })
    await until(() => discord.gateway.count.identified === 2)
    await until(() => Boolean(desk.isConnected()))
    expect(await desk.platform().find(to, 'stamp1')).toEqual({ ok: true, value: null })
    const posted = await desk.platform().post(to, progress, 'stamp1')
    expect(await desk.platform().find(to, 'stamp1')).toEqual(posted)
    await desk.platform().post(to, notice('Another.'), 'stamp2')
    expect(shown()).toEqual([expect.stringContaining('reading shop'), expect.stringContaining('Another.')])
    await other.close()
  })

  test('a refused rich answer has a plain form, and rows as a file', async () => {
    const { discord, ana, sales, heard, platform } = await start()
    ana.slash(sales, 'sql', { question: 'hostile' })
    await until(() => seen().length === 1)
    const to = destination(heard.questions[0] as IncomingQuestion)
    const message = { kind: 'reply' as const, reply: replyTo('hostile'), lead: [], buttons: [button('csv')] }
    discord.refuse(/PATCH \/webhooks/, refusals.invalidBody(['components']))
    expect(await platform().post(to, { ...message, plain: false }, 's')).toMatchObject({
      failure: { kind: 'rich-refused' },
    })
    expect(await platform().post(to, { ...message, plain: true }, 's')).toMatchObject({ ok: true })
    await platform().upload(to, { name: 'rows.csv', mimeType: 'text/csv', content: 'a\n1\n', alt: 'All rows' })
    expect(shown()).toEqual([expect.stringContaining('Lists rows of notes.'), '📎 rows.csv (All rows)'])
  })

  test.each(['hostile', 'every order', 'nothing', 'per month', 'weather'])(
    '“%s” is answered without any effect of its data',
    async (question) => {
      const { ana, sales, heard, platform } = await start()
      ana.slash(sales, 'sql', { question })
      await until(() => seen().length === 1)
      const message: ChatMessage = {
        kind: 'reply',
        reply: replyTo(question),
        lead: ['Shared by @everyone'],
        plain: false,
        buttons: [],
      }
      expect(await platform().post(destination(heard.questions[0] as IncomingQuestion), message, 's')).toMatchObject({
        ok: true,
      })
      expect(seen().flatMap(effectsOf)).toEqual([])
      expect(seen().flatMap(({ pings }) => pings)).toEqual([])
    },
  )
})
