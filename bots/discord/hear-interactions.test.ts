import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { ChatForm } from '../desk/chat-form.ts'
import type { ChatMessage } from '../desk/chat-message.ts'
import type { Response } from '../desk/desk.ts'
import { button, discordStage, notice } from '../testing/discord-stage.ts'
import { refusals } from '../testing/fake-discord/refusal.ts'
import { showMessage } from '../testing/fake-discord/show-message.ts'
import type { DeskScript } from '../testing/scripted-desk.ts'
import { until } from '../testing/until.ts'

const { start, seen, shown, opened, close } = discordStage()

afterEach(close)

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
    const stopped = opened().stopListening()
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
    expect(logged.join('')).not.toContain(opened().discord.token)
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
