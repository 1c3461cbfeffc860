import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { showMessage } from '../testing/fake-slack/show-message.ts'
import { addChannel, addUser, type SlackChannel } from '../testing/fake-slack/slack-world.ts'
import { openSlackBot, type SlackBot } from '../testing/open-slack-bot.ts'
import { SCOPES } from './app-manifest.ts'

const slow = 'How many courses are there?'
const slowAnswer = 'SELECT COUNT(*) FROM courses'
const working = /Reading|Yours/

let bot: SlackBot

beforeAll(async () => {
  const generator = scriptedGenerator([
    { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
    { when: /^How many courses/, say: slowAnswer, delayMs: 700 },
    { when: /^List all students/, say: 'SELECT name, city FROM students' },
  ])
  bot = await openSlackBot({ dumps: { school: SCHOOL_DUMP }, generator })
})

afterAll(() => bot.close())

beforeEach(() => {
  bot.logged.length = 0
  bot.sales.messages = []
  bot.direct().channel.messages = []
  bot.bind(bot.sales, ['school'])
})

const logs = (words: string, level?: string) =>
  bot.slack.until(() => bot.logged.find((line) => line.text.includes(words) && line.level === (level ?? line.level)))

function newChannel(name: string): SlackChannel {
  const members = [bot.ana.id, bot.slack.workspace.bot.userId]
  const channel = addChannel(bot.slack.workspace, name, { members })
  bot.bind(channel, ['school'])
  return channel
}

describe('Slack is away', () => {
  test('for an hour: what was asked before is answered after it, once, and it goes on', async () => {
    await bot.mention(slow)
    await bot.said(working)
    bot.slack.faults.setDown(true)
    bot.slack.socket.drop()
    bot.desk.setClock(new Date(Date.now() + 60 * 60_000).toISOString())
    await logs('what is to be sent waits for it', 'warn')
    bot.slack.faults.setDown(false)
    await bot.said(slowAnswer)
    await logs('can be reached again')
    expect(bot.own()).toHaveLength(1)
    await bot.mention('How many students are there?')
    await bot.said('SELECT COUNT(*) FROM students')
  })

  test('before it says who asks: the question waits', async () => {
    const cleo = addUser(bot.slack.workspace, 'Cleo')
    bot.sales.members.add(cleo.id)
    bot.slack.faults.refuse('users.info', 'internal_error')
    await bot.mention('List all students', bot.at({ user: cleo }))
    await bot.said('Ben | London')
  })

  test('for this token: the log says what to do, and the answer comes after that', async () => {
    const { bot: slackBot } = bot.slack.workspace
    await bot.mention(slow)
    await bot.said(working)
    slackBot.isRevoked = true
    const line = await logs('ROWBOT_SLACK_BOT_TOKEN', 'error')
    expect(JSON.stringify(line)).not.toContain(slackBot.token)
    slackBot.isRevoked = false
    await bot.reconnect()
    await bot.said(slowAnswer)
    expect(bot.own()).toHaveLength(1)
  })
})

describe('the app may not', () => {
  const without = async (scopes: string[], work: () => Promise<void>) => {
    const granted = bot.slack.workspace.bot.scopes
    for (const scope of scopes) granted.delete(scope)
    try {
      await work()
    } finally {
      for (const scope of SCOPES) granted.add(scope)
    }
  }

  test('look up people: who asks is told which scope is missing, and the log too', async () => {
    const dora = addUser(bot.slack.workspace, 'Dora')
    bot.sales.members.add(dora.id)
    await without(['users:read'], async () => {
      await bot.mention('How many students are there?', bot.at({ user: dora }))
      expect(showMessage(await bot.said('users:read is missing'))).toContain('Add the scope users:read')
      expect(JSON.stringify(await logs('who asked is not known', 'error'))).toContain('users:read')
      await bot.slack.people.command(bot.at({ user: dora }), '/rowbot', 'databases')
      await bot.slack.until(() =>
        bot.own().some((one) => one.onlyFor === dora.id && /users:read/.test(showMessage(one))),
      )
    })
  })

  test('write: a command is answered through its own address', async () => {
    await without(['chat:write'], async () => {
      await bot.slack.people.command(bot.at(), '/sql', 'How many students are there?')
      await bot.said('SELECT COUNT(*) FROM students')
    })
  })

  test('see whether a channel is shared: the asker alone gets the answer, and is told why', async () => {
    const channel = newChannel('unclear')
    await without(['channels:read', 'groups:read'], async () => {
      await bot.slack.people.command(bot.at({ channel }), '/sql', 'How many students are there?')
      const answer = await bot.said('SELECT COUNT(*) FROM students', channel)
      expect(answer.onlyFor).toBe(bot.ana.id)
      expect(showMessage(answer)).toContain('it is not known whether people of other organisations are in this channel')
      await bot.slack.people.press(bot.at({ channel }), answer, 'Share here')
      await bot.said('must stay between us', channel)
    })
  })
})

describe('while the answer is under way', () => {
  test('the channel is deleted: the person gets the answer in their direct messages', async () => {
    const channel = newChannel('soon-gone')
    await bot.mention(slow, bot.at({ channel }))
    await bot.said(working, channel)
    bot.slack.workspace.channels.delete(channel.id)
    await bot.said(slowAnswer, bot.direct().channel)
    expect(JSON.stringify(await logs('could not be sent as it is', 'warn'))).toContain('channel_not_found')
  })

  test('the question is deleted: it is stopped', async () => {
    const ts = await bot.slack.people.say(bot.direct(), slow)
    await bot.said(working, bot.direct().channel)
    await bot.slack.people.remove(bot.direct(), ts)
    await bot.said('Stopped', bot.direct().channel)
  })

  test('the question is edited: it is answered as it is now', async () => {
    const ts = await bot.slack.people.say(bot.direct(), slow)
    await bot.said(working, bot.direct().channel)
    await bot.slack.people.edit(bot.direct(), ts, slow)
    await bot.slack.people.edit(bot.direct(), ts, 'List all students')
    await bot.said('Ben | London', bot.direct().channel)
    await bot.said('Stopped', bot.direct().channel)
    expect(bot.own(bot.direct().channel)).toHaveLength(2)
  })

  test('the question is edited where no more may be asked: the person is told, and the first one is answered', async () => {
    const { chatPeople } = bot.desk.parts.state
    const workspace = `slack:${bot.slack.workspace.id}`
    const { channel } = bot.direct()
    const ts = await bot.slack.people.say(bot.direct(), slow)
    await bot.said(working, channel)
    chatPeople.setQuota(workspace, 'person', { perDay: 1, message: '' })
    await bot.slack.people.edit(bot.direct(), ts, 'List all students')
    await bot.said('You have asked 1 question today', channel)
    await bot.said(slowAnswer, channel)
    chatPeople.setQuota(workspace, 'person', null)
  })
})

describe('what cannot be done is said in words', () => {
  test('an unknown command, with what there is', async () => {
    await bot.slack.people.command(bot.at(), '/rowbot', 'dance now')
    const help = await bot.said('There is no command “dance now”')
    expect(help.onlyFor).toBe(bot.ana.id)
    expect(showMessage(help)).toContain('databases list: Show the databases that you may ask here')
  })

  test('no database yet, with a button that adds one', async () => {
    const eve = addUser(bot.slack.workspace, 'Eve')
    const members = [eve.id, bot.slack.workspace.bot.userId]
    const channel = addChannel(bot.slack.workspace, 'empty', { members })
    await bot.mention('How many students are there?', bot.at({ user: eve, channel }))
    expect(showMessage(await bot.said('no database yet', channel))).toContain('[Add a database]')
  })

  test.each([
    [{ name: 'plan.docx', content: Buffer.from('x') }, 'plan.docx'],
    [{ name: 'big.csv', content: Buffer.from(`a\n${'1\n'.repeat(600_000)}`) }, /big\.csv.*(larger|too large)/],
  ])('a file of no kind that can be read, and one that is too large: %#', async (file, words) => {
    await bot.slack.people.command(bot.at(), '/rowbot', 'databases add')
    await bot.slack.until(() => bot.slack.workspace.views.size === 1)
    await bot.slack.people.submit(bot.at(), { Name: 'new', File: [file] })
    expect((await bot.said(words)).onlyFor).toBe(bot.ana.id)
  })
})
