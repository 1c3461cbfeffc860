import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { ChatForm } from '../desk/chat-form.ts'
import type { ChatButton, ChatMessage } from '../desk/chat-message.ts'
import type { Response } from '../desk/desk.ts'
import { showMessage, showView } from '../testing/fake-slack/show-message.ts'
import { addUser } from '../testing/fake-slack/slack-world.ts'
import { noteLog } from '../testing/note-log.ts'
import { type OpenSlack, openSlack, testSettings } from '../testing/open-slack.ts'
import { type DeskScript, scriptDesk } from '../testing/scripted-desk.ts'
import { startSlack } from './start-slack.ts'

let open: OpenSlack

afterEach(() => open.close())

const notice = (text: string): ChatMessage => ({ kind: 'notice', tone: 'bad', text, advice: 'Ask Ben.', buttons: [] })
const button = (name: ChatButton['name'], opensForm = false): ChatButton => ({
  name,
  id: `${name}:q1`,
  label: name,
  style: 'plain',
  opensForm,
})

async function start(script: DeskScript = {}, more: Parameters<typeof openSlack>[0] = {}) {
  open = await openSlack({ script, ...more })
  const { people, workspace } = open.slack
  return { people, workspace, heard: open.desk.heard, until: open.slack.until }
}

describe('asking', () => {
  test('/sql takes all that follows as the question and is acknowledged at once', async () => {
    const { people, heard } = await start()
    const { isAcknowledged, payload, tookMs } = await people.command(open.at(), '/sql', ' orders &lt; 5 & more ')
    expect({ isAcknowledged, payload }).toEqual({ isAcknowledged: true, payload: {} })
    expect(tookMs).toBeLessThan(1000)
    expect(heard.questions).toMatchObject([
      {
        text: 'orders < 5 & more',
        personId: open.ana.id,
        message: null,
        place: { channel: open.sales.id, direct: false },
      },
    ])
    expect(heard.questions[0]?.handle).toMatch(/^http/)
  })

  test('what is refused is shown to the person alone, and /sql alone gives help', async () => {
    const { people, heard, until } = await start({
      accept: () => ({ kind: 'refused', message: notice('The queue is full.') }),
    })
    await people.command(open.at(), '/sql', 'how many?')
    const said = await until(() => open.sales.messages.find(({ onlyFor }) => onlyFor === open.ana.id))
    expect(showMessage(said)).toContain('The queue is full.')
    await people.command(open.at(), '/sql', '  ')
    expect(heard.commands).toMatchObject([{ words: ['help'] }])
  })

  test('a direct channel between two people is not private to the bot', async () => {
    const { people, workspace, heard } = await start()
    const ben = addUser(workspace, 'Ben')
    const between = { ...open.direct().channel, id: 'D0BETWEEN1', members: new Set([open.ana.id, ben.id]) }
    workspace.channels.set(between.id, between)
    await people.command(open.at({ channel: between }), '/sql', 'how many?')
    await people.command(open.direct(), '/sql', 'how many?')
    expect(heard.questions.map(({ place }) => place.direct)).toEqual([false, true])
  })

  test('a channel that other organisations share is known as such', async () => {
    const { people, workspace, heard } = await start()
    open.sales.isShared = true
    await people.command(open.at(), '/sql', 'how many?')
    await people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
    expect(heard.questions.map(({ place }) => place.shared)).toEqual([true, true])
  })

  test('a channel of which Slack does not say whether it is shared is not taken for one’s own', async () => {
    const { people, workspace, heard } = await start()
    for (const scope of ['channels:read', 'groups:read', 'im:read']) workspace.bot.scopes.delete(scope)
    await people.command(open.at(), '/sql', 'how many?')
    await people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
    expect(heard.questions.map(({ place }) => place.shared)).toEqual([null, false])
  })
})

describe('acting', () => {
  const picker: ChatMessage = {
    kind: 'picker',
    id: 'choose:1',
    text: 'Which database?',
    options: [
      { label: 'Shop', value: 'db1', description: 'The shop' },
      { label: 'Fleet', value: 'db2', description: null },
    ],
    several: false,
    buttons: [],
  }

  async function shown(message: ChatMessage) {
    const place = {
      platform: 'slack',
      workspace: open.slack.workspace.id,
      channel: open.sales.id,
      thread: null,
      direct: false,
      shared: false,
    }
    const posted = await open.desk.platform().post({ place, onlyFor: null, replyTo: null, handle: null }, message, 's')
    const found = open.sales.messages.at(-1)
    if (!posted.ok || !found) throw new Error('nothing was posted')
    return { ref: posted.value, message: found }
  }

  test('a press carries the button’s id and the message, thumbs too; a choice its values', async () => {
    const { people, heard, until } = await start()
    const buttons = [button('csv'), button('thumb-up'), button('thumb-down')]
    const { ref, message } = await shown({ kind: 'progress', text: 'Reading', buttons })
    for (const label of ['csv', 'thumb-down']) await people.press(open.at(), message, label)
    const { message: choice } = await shown(picker)
    await people.press(open.at(), choice, '', ['Fleet'])
    await until(() => heard.presses.length === 3)
    expect(heard.presses).toMatchObject([
      { action: 'csv:q1', values: [], message: ref, personId: open.ana.id },
      { action: 'thumb-down:q1', message: ref },
      { action: 'choose:1', values: ['db2'] },
    ])
  })

  test('what the desk says goes to the person alone; what breaks is said too', async () => {
    const answers: (() => Promise<Response>)[] = [
      async () => ({ kind: 'say', message: notice('Only Ben may do that.') }),
      async () => {
        throw new Error('the disk is gone')
      },
    ]
    const { people, until } = await start({ press: () => (answers.shift() ?? (async () => ({ kind: 'done' })))() })
    const { message } = await shown({ kind: 'progress', text: 'Reading', buttons: [button('csv')] })
    await people.press(open.at(), message, 'csv')
    const said = await until(() => open.sales.messages.find(({ onlyFor }) => onlyFor === open.ana.id))
    expect(showMessage(said)).toBe('⚠️ Only Ben may do that.\nAsk Ben.')
    await people.press(open.at(), message, 'csv')
    await until(() => open.sales.messages.some((one) => one.onlyFor && showMessage(one).includes('the disk is gone')))
    expect(JSON.stringify(open.logged)).toContain('a Slack request failed')
  })

  const form: ChatForm = {
    id: 'add-database:1',
    title: 'Add a database',
    submit: 'Add',
    fields: [
      { type: 'text', name: 'name', label: 'Name', hint: null, required: true, lines: 'one', value: '', maxLength: 60 },
      {
        type: 'files',
        name: 'files',
        label: 'Files',
        hint: 'SQLite, CSV or SQL',
        required: true,
        endings: ['csv'],
        most: 3,
      },
      { type: 'people', name: 'people', label: 'Who may ask', hint: null, required: false, chosen: [], most: 50 },
      {
        type: 'channels',
        name: 'channels',
        label: 'Where',
        hint: null,
        required: false,
        chosen: [open?.sales?.id ?? 'C0000000A1'],
        most: 50,
      },
      {
        type: 'choice',
        name: 'guests',
        label: 'Guests',
        hint: null,
        required: true,
        several: false,
        chosen: ['no'],
        options: [
          { label: 'May not ask', value: 'no', description: null },
          { label: 'May ask', value: 'yes', description: null },
        ],
      },
    ],
  }

  test('a form is a modal; what is filled in comes back by name, with files that can be fetched', async () => {
    const replies: Response[] = [{ kind: 'invalid', problems: { name: 'That name is taken.' } }, { kind: 'done' }]
    const { people, workspace, heard, until } = await start({
      command: async () => ({ kind: 'form', form }),
      submit: async () => replies.shift() ?? { kind: 'done' },
    })
    await people.command(open.at(), '/rowbot', 'databases add “my sales” now')
    const [opened] = await until(() => workspace.views.size > 0 && [...workspace.views.values()])
    expect(heard.commands[0]?.words).toEqual(['databases', 'add', 'my sales', 'now'])
    expect(showView(opened?.view as never)).toContain('Files *: <file_input> up to 3\n  SQLite, CSV or SQL')
    const csv = { name: 'sales.csv', content: Buffer.from('a,b\n1,2\n') }
    const filled = { Name: 'sales', Files: [csv], 'Who may ask': [open.ana.id], Guests: 'May ask' }
    const first = await people.submit(open.at(), filled)
    expect(first.payload).toEqual({ response_action: 'errors', errors: { name: 'That name is taken.' } })
    expect((await people.submit(open.at(), filled)).payload).toEqual({})
    expect(heard.submissions[1]).toMatchObject({
      form: 'add-database:1',
      place: { channel: open.sales.id, direct: false },
      values: { name: ['sales'], people: [open.ana.id], guests: ['yes'], channels: ['C0000000A1'] },
      files: [{ name: 'sales.csv', bytes: 8 }],
    })
    const folder = mkdtempSync(join(tmpdir(), 'rowbot-slack-'))
    try {
      const [file] = heard.submissions[1]?.files ?? []
      await file?.download(join(folder, 'a'), { maxBytes: 100 })
      expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('a,b\n1,2\n')
      await expect(file?.download(join(folder, 'b'), { maxBytes: 4 })).rejects.toMatchObject({ code: 'file-too-large' })
      workspace.bot.scopes.delete('files:read')
      await expect(file?.download(join(folder, 'c'), { maxBytes: 100 })).rejects.toThrow(/files:read/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('a form that is too late, and a submission that takes long, are answered by message', async () => {
    let finish: (response: Response) => void = () => undefined
    const { people, workspace, until } = await start({
      command: async () => ({ kind: 'form', form }),
      submit: () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    })
    open.slack.faults.refuse('views.open', 'expired_trigger_id')
    await people.command(open.at(), '/rowbot', 'databases add')
    const late = await until(() => open.sales.messages.find((one) => one.onlyFor === open.ana.id))
    expect(showMessage(late)).toMatch(/came too late.*\nDo the same once more/)
    await people.command(open.at(), '/rowbot', 'databases add')
    await until(() => workspace.views.size > 0)
    const csv = { name: 'sales.csv', content: Buffer.from('a\n1\n') }
    const acknowledged = await people.submit(open.at(), { Name: 'sales', Files: [csv] })
    expect(acknowledged).toMatchObject({ isAcknowledged: true, payload: {} })
    finish({ kind: 'invalid', problems: { name: 'That name is taken.' } })
    await until(() => open.sales.messages.some((one) => showMessage(one).includes('That name is taken.')))
  })
})

test('a home tab that was opened is shown before nothing is heard any more', async () => {
  const { people, workspace, until } = await start()
  const { home } = open.desk
  let isAsked = false
  let show = () => {}
  const shown = new Promise<void>((resolve) => {
    show = resolve
  })
  open.desk.home = async (visit) => {
    isAsked = true
    await shown
    return home(visit)
  }
  await people.openHome(open.direct(), 'home')
  await until(() => isAsked)
  const stopped = open.stopListening()
  await until(() => open.slack.socket.connections() === 0)
  show()
  await stopped
  expect(workspace.homes.has(open.ana.id)).toBe(true)
})

test('the home tab shows the overview, the assistant’s pane begins with questions that can be answered', async () => {
  const examples = ['How many orders?', 'Who buys most?']
  const sections = [{ heading: 'Databases', lines: ['shop'], code: null, buttons: [button('add-database', true)] }]
  const page: ChatMessage = { kind: 'page', title: 'Your questions', sections, buttons: [] }
  const { people, workspace, heard, until } = await start({
    home: { page, examples },
  })
  await people.openHome(open.direct(), 'home')
  const home = await until(() => workspace.homes.get(open.ana.id))
  expect(showView(home)).toBe('Your questions\nDatabases\nshop\n[add-database]')
  await people.pressHome(open.direct(), 'add-database')
  await until(() => heard.presses.length === 1)
  expect(heard.presses).toMatchObject([{ action: 'add-database:q1', message: null, place: { direct: true } }])
  await people.openHome(open.direct(), 'messages')
  await until(() => workspace.prompts.length > 0)
  expect(workspace.prompts[0]?.prompts).toEqual(examples.map((message) => ({ title: message, message })))
})

describe('connections', () => {
  test('a dropped socket comes back, and what happened meanwhile is heard once', async () => {
    const { people, workspace, heard, until } = await start()
    open.slack.socket.drop()
    await until(() => open.slack.socket.connections() === 0)
    const said = people.say(open.at(), `<@${workspace.bot.userId}> how many?`)
    await until(() => heard.questions.length === 1)
    await said
    expect(open.slack.socket.connections()).toBe(1)
    open.slack.socket.askToReconnect()
    await until(() => open.slack.calls.filter(({ method }) => method === 'apps.connections.open').length === 3)
    await people.say(open.direct(), 'how many?')
    expect(heard.questions).toHaveLength(2)
  })

  test('of two programs with the same tokens each question goes to one, and both are told', async () => {
    const { people, workspace, heard, until } = await start()
    const desk = scriptDesk()
    const { log, logged } = noteLog()
    const other = await startSlack({ desk, settings: testSettings(open.slack), locale: 'en-US', log })
    try {
      await until(() => logged.some(({ text }) => text.includes('Slack counts 2 connections of this app')))
      for (const at of [1, 2, 3, 4]) await people.say(open.at(), `<@${workspace.bot.userId}> question ${at}?`)
      const asked = [...heard.questions, ...desk.heard.questions].map(({ text }) => text)
      expect(asked.sort()).toEqual([1, 2, 3, 4].map((at) => `question ${at}?`))
      expect(desk.heard.questions.length).toBeGreaterThan(0)
    } finally {
      await other.close()
    }
  })

  test('an event that could not be written down is not acknowledged, and taken when it comes again', async () => {
    let broken = true
    const { people, heard } = await start({
      accept: () => {
        if (broken) throw new Error('database is locked')
        return { kind: 'accepted', questionId: 'q1' }
      },
    })
    const said = people.say(open.direct(), 'how many?')
    await open.slack.until(() => open.logged.some(({ level }) => level === 'error'))
    broken = false
    heard.questions.length = 0
    const envelope = people.sent[0]
    if (!envelope) throw new Error('nothing was sent')
    expect(await people.resend(envelope)).toMatchObject({ isAcknowledged: true })
    expect(heard.questions).toHaveLength(1)
    await said
  })

  test('a Slack that is away at the start is waited for; a token that is no good is not', async () => {
    const before: NonNullable<Parameters<typeof openSlack>[0]>['before'] = ({ faults }) => {
      faults.setDown(true)
      setTimeout(() => faults.setDown(false), 300)
    }
    const { people, heard } = await start({}, { before })
    await people.say(open.direct(), 'how many?')
    expect(heard.questions).toHaveLength(1)
    const refused = { code: 'slack-token-refused' }
    await expect(openSlack({ settings: { botToken: 'xoxb-wrong' } })).rejects.toMatchObject(refused)
    for (const settings of [{ appToken: null }, { clientId: '1.2' }])
      await expect(openSlack({ settings })).rejects.toMatchObject({ code: 'slack-not-set-up' })
  })

  test('events of a workspace in which the app is not installed are not heard', async () => {
    const { people, heard } = await start()
    const other = open.slack.addWorkspace('Other')
    await people.event(other, {
      type: 'message',
      channel: 'D0X',
      channel_type: 'im',
      user: 'U0X',
      text: 'hi',
      ts: '1.1',
    })
    expect(heard.questions).toEqual([])
    expect(JSON.stringify(open.logged)).toContain('not installed')
  })
})
