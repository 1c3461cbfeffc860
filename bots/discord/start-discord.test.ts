import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { ChatForm } from '../desk/chat-form.ts'
import type { ChatButton, ChatMessage } from '../desk/chat-message.ts'
import type { Destination } from '../desk/chat-platform.ts'
import type { IncomingQuestion, Response } from '../desk/desk.ts'
import { refusals } from '../testing/fake-discord/refusal.ts'
import { effectsOf, showMessage } from '../testing/fake-discord/show-message.ts'
import { type OpenDiscord, openDiscord } from '../testing/open-discord.ts'
import { replyTo } from '../testing/reply-to.ts'
import type { DeskScript } from '../testing/scripted-desk.ts'
import { until } from '../testing/until.ts'

let open: OpenDiscord

afterEach(() => open.close())

const notice = (text: string): ChatMessage => ({ kind: 'notice', tone: 'bad', text, advice: 'Ask Ben.', buttons: [] })
const button = (name: ChatButton['name'], opensForm = false): ChatButton => ({
  name,
  id: `${name}.q1`,
  label: name,
  style: 'plain',
  opensForm,
})
const progress: ChatMessage = { kind: 'progress', text: 'reading shop…', buttons: [button('stop')] }

async function start(script: DeskScript = {}, more: Parameters<typeof openDiscord>[0] = {}) {
  open = await openDiscord({ script, ...more })
  return { ...open, heard: open.desk.heard, platform: () => open.desk.platform() }
}

const destination = ({ place, handle, message }: IncomingQuestion): Destination => ({
  place,
  handle,
  onlyFor: null,
  replyTo: message,
})
const seen = () => open.discord.seenBy(open.ana, open.sales)
const shown = () => seen().map(showMessage)

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
    ana.say(sales, `<@${open.discord.world.application.id}> how many?`)
    const direct = open.discord.direct(ana)
    await until(() => open.discord.seenBy(ana, direct).length === 1)
    expect(open.discord.seenBy(ana, direct).map(showMessage)[0]).toContain('The queue is full.')
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
    const { discord } = open
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

describe('buttons, menus and forms', () => {
  const form: ChatForm = {
    id: 'edit.q1',
    title: 'Edit the SQL',
    submit: 'Run',
    fields: [
      {
        name: 'sql',
        label: 'SQL',
        hint: null,
        required: true,
        type: 'text',
        lines: 'many',
        value: 'SELECT 1',
        maxLength: 4000,
      },
      {
        name: 'file',
        label: 'Files',
        hint: 'SQLite or CSV',
        required: false,
        type: 'files',
        endings: ['csv'],
        most: 5,
      },
      {
        name: 'who',
        label: 'Who',
        hint: null,
        required: false,
        type: 'choice',
        several: true,
        chosen: ['b'],
        options: ['a', 'b'].map((value) => ({ label: value, value, description: null })),
      },
      { name: 'people', label: 'People', hint: null, required: false, type: 'people', chosen: [], most: 30 },
      { name: 'groups', label: 'Roles', hint: null, required: false, type: 'groups', chosen: [], most: 5 },
    ],
  }

  async function withButtons(script: DeskScript) {
    const opened = await start(script)
    const place = {
      platform: 'discord',
      workspace: opened.guild.id,
      channel: opened.sales.id,
      thread: null,
      direct: false,
      shared: false,
    }
    const options = ['shop', 'staff'].map((name) => ({ label: name, value: `id-${name}`, description: 'Data' }))
    const buttons = [
      button('stop'),
      button('edit-sql', true),
      button('csv'),
      button('save'),
      button('share'),
      button('thumb-up'),
    ]
    const picker: ChatMessage = {
      kind: 'picker',
      text: 'Which database?',
      id: 'choose.q1',
      options,
      several: false,
      buttons,
    }
    const posted = await opened.platform().post({ place, onlyFor: null, replyTo: null, handle: null }, picker, 'stamp')
    return { ...opened, message: seen()[0] as never, ref: posted.ok ? posted.value : '' }
  }

  test('a press is acknowledged and passed on; what is said goes to the person alone', async () => {
    const { discord, guild, sales, message, ref, heard } = await withButtons({
      press: async () => ({ kind: 'say', message: notice('Not yours.') }),
    })
    const ben = discord.addPerson('Ben', { guild })
    const pressed = ben.press(message, 'stop')
    await until(() => discord.seenBy(ben, sales).length === 2)
    expect(pressed.response).toBe(6)
    expect(heard.presses).toMatchObject([{ action: 'stop.q1', personId: ben.user.id, message: ref, values: [] }])
    expect(discord.seenBy(ben, sales).map(showMessage)[1]).toContain('Not yours.')
    expect(seen()).toHaveLength(1)
  })

  test('what comes of a press is said before nothing is heard any more', async () => {
    let say = () => {}
    const response = new Promise<Response>((resolve) => {
      say = () => resolve({ kind: 'say', message: notice('Not yours.') })
    })
    const { discord, guild, sales, message, heard } = await withButtons({ press: () => response })
    const ben = discord.addPerson('Ben', { guild })
    ben.press(message, 'stop')
    await until(() => heard.presses.length === 1)
    const stopped = open.stopListening()
    say()
    await stopped
    expect(discord.seenBy(ben, sales).map(showMessage)[1]).toContain('Not yours.')
  })

  test('what is picked is passed on; a forged press too, for the desk to judge', async () => {
    const { ana, message, heard } = await withButtons({})
    ana.pick(message, 'staff')
    ana.forge(message, 'remove-database.somebody-elses')
    await until(() => heard.presses.length === 2)
    expect(heard.presses).toMatchObject([
      { action: 'choose.q1', values: ['id-staff'] },
      { action: 'remove-database.somebody-elses', values: [] },
    ])
  })

  test('a form opens at once, and what was filled in arrives with its files', async () => {
    const { discord, ana, message, heard } = await withButtons({
      press: async () => ({ kind: 'form', form }),
      submit: async () => ({ kind: 'invalid', problems: { sql: 'This would change the database.' } }),
    })
    const pressed = ana.press(message, 'edit-sql')
    await until(() => pressed.modal !== null)
    expect(pressed.response).toBe(9)
    const file = { name: 'a.csv', content: 'a,b\n1,2\n' }
    ana.fill(pressed, { sql: 'DELETE FROM orders', file: [file], people: [ana.user.id] })
    await until(() => seen().length === 2)
    expect(shown()[1]).toContain('This would change the database.')
    expect(heard.submissions).toMatchObject([
      { form: 'edit.q1', values: { sql: ['DELETE FROM orders'], who: ['b'], people: [ana.user.id], groups: [] } },
    ])
    const folder = mkdtempSync(join(tmpdir(), 'rowbot-file-'))
    const [given] = heard.submissions[0]?.files ?? []
    await given?.download(join(folder, 'a.csv'), { maxBytes: 100 })
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('a,b\n1,2\n')
    await expect(given?.download(join(folder, 'b.csv'), { maxBytes: 3 })).rejects.toMatchObject({
      code: 'file-too-large',
    })
    rmSync(folder, { recursive: true })
    expect(discord.requests.filter(({ status }) => status >= 400)).toEqual([])
  })

  test('a form that comes too late is said in direct messages, since the interaction is over', async () => {
    const { discord, ana, message } = await withButtons({ press: async () => ({ kind: 'form', form }) })
    discord.refuse(/POST \/interactions/, refusals.unknownInteraction(), 2)
    ana.press(message, 'edit-sql')
    const direct = discord.direct(ana)
    await until(() => discord.seenBy(ana, direct).length === 1)
    expect(discord.seenBy(ana, direct).map(showMessage)[0]).toMatch(/came too late.*\nDo the same once more/)
  })

  test('a button that breaks says so', async () => {
    const { ana, message, logged } = await withButtons({
      press: async () => {
        throw new Error('boom')
      },
    })
    ana.press(message, 'csv')
    ana.press(message, 'edit-sql')
    await until(() => seen().length === 3)
    expect(shown()[1]).toContain('did not expect: boom')
    expect(logged.join('')).toContain('boom')
    expect(logged.join('')).not.toContain(open.discord.token)
  })
})

describe('commands', () => {
  test('words, values and files are passed on, and the answer is for the person alone', async () => {
    const { ana, sales, heard } = await start({
      command: async () => ({ kind: 'say', message: notice('Registered.') }),
    })
    ana.slash(sales, 'rowbot databases add', { file: { name: 'shop.csv', content: 'a\n1\n' } })
    ana.slash(sales, 'rowbot settings time-zone', { zone: 'Europe/Berlin' })
    ana.slash(sales, 'rowbot settings show')
    ana.slash(sales, 'rowbot admin quota', { scope: 'person', number: '50', message: 'Ask Ben for more' })
    ana.slash(sales, 'rowbot use', { database: 'my shop' })
    await until(() => shown().filter((text) => text.includes('Registered.')).length === 5)
    expect(heard.commands.map(({ words }) => words)).toEqual([
      ['databases', 'add'],
      ['settings', 'time-zone', 'Europe/Berlin'],
      ['settings'],
      ['admin', 'quota', 'person', '50', 'Ask Ben for more'],
      ['use', 'my shop'],
    ])
    expect(heard.commands[0]?.files.map(({ name, bytes }) => ({ name, bytes }))).toEqual([
      { name: 'shop.csv', bytes: 4 },
    ])
    expect(seen().every(({ onlyFor }) => onlyFor === ana.user.id)).toBe(true)
  })

  test('a command without more to say leaves nothing behind; one that asks for a form opens it', async () => {
    const form: ChatForm = {
      id: 'f',
      title: 'Add',
      submit: 'Add',
      fields: [
        {
          name: 'name',
          label: 'Name',
          hint: null,
          required: true,
          type: 'text',
          lines: 'one',
          value: '',
          maxLength: 50,
        },
      ],
    }
    const { ana, sales } = await start({
      command: async ({ words }) => (words[0] === 'databases' ? { kind: 'form', form } : { kind: 'done' }),
    })
    const help = ana.slash(sales, 'rowbot help')
    const add = ana.slash(sales, 'rowbot databases add')
    await until(() => add.modal !== null && help.response === 5 && seen().length === 0)
  })

  test('databases, questions and time zones are completed', async () => {
    const { desk, ana, sales } = await start()
    const asked: object[] = []
    desk.suggest = async ({ for: what, typed }) => {
      asked.push({ what, typed })
      return [
        { label: 'x'.repeat(150), value: 'short', description: null },
        { label: 'cut', value: 'y'.repeat(150), description: null },
      ]
    }
    expect(await ana.complete(sales, 'sql', 'question', 'how')).toEqual([
      { name: `${'x'.repeat(99)}…`, value: 'short' },
    ])
    await ana.complete(sales, 'rowbot use', 'database', 'sh')
    await ana.complete(sales, 'rowbot settings time-zone', 'zone', 'berl')
    expect(asked).toEqual([
      { what: 'question', typed: 'how' },
      { what: 'database', typed: 'sh' },
      { what: 'time-zone', typed: 'berl' },
    ])
  })
})
