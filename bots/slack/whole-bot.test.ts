import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { changeChatAccess } from '../desk/chat-access.ts'
import { effectsOf, showMessage } from '../testing/fake-slack/show-message.ts'
import { addChannel, addUser } from '../testing/fake-slack/slack-world.ts'
import { openSlackBot, type SlackBot } from '../testing/open-slack-bot.ts'

const WIDE = Array.from({ length: 40 }, (_, at) => `column${at}`)
const HOSTILE_DUMP = `
CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT);
INSERT INTO notes VALUES (1, '<!channel> <@U1> *bold* \`code\`'), (2, ''), (3, NULL), (4, '👩‍👩‍👧‍👦 عربي :smile:');
CREATE TABLE wide (${WIDE.map((name) => `${name} INTEGER`).join(', ')});
INSERT INTO wide VALUES (${WIDE.map((_, at) => at).join(', ')});`

let bot: SlackBot

beforeAll(async () => {
  const generator = scriptedGenerator([
    { when: /^only in Paris/, say: "SELECT COUNT(*) FROM students WHERE city = 'Paris'" },
    { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
    { when: /^How many courses/, say: 'SELECT COUNT(*) FROM courses', delayMs: 700 },
    { when: /^List all students/, say: 'SELECT name, city FROM students' },
    { when: /^List all notes/, say: 'SELECT id, note FROM notes' },
    { when: /^Show the wide/, say: 'SELECT * FROM wide' },
    { when: /^How many sales/, say: 'SELECT COUNT(*) FROM sales' },
  ])
  bot = await openSlackBot({ dumps: { school: SCHOOL_DUMP, oddities: HOSTILE_DUMP }, generator })
})

afterAll(() => bot.close())

/** #sales as it is after Ana chose both databases for it. */
beforeEach(() => {
  bot.sales.messages = []
  bot.bind(bot.sales, ['school', 'oddities'])
})

describe('asking', () => {
  test('a mention is answered in its thread: the placeholder becomes the answer; a follow-up goes on from it', async () => {
    const thread = await bot.mention('How many courses are there?')
    const placeholder = await bot.said(/Reading|Yours/)
    expect(showMessage(placeholder)).toContain('[Stop]')
    const answer = await bot.said('SELECT COUNT(*) FROM courses')
    expect(answer).toBe(placeholder)
    expect(answer.thread).toBe(thread)
    await bot.mention('How many students are there?', bot.at({ thread }))
    await bot.said('SELECT COUNT(*) FROM students')
    await bot.mention('only in Paris', bot.at({ thread }))
    await bot.said("city = 'Paris'")
    expect(bot.own()).toHaveLength(3)
  })

  test('the first question in a channel asks which database belongs to it, and then runs', async () => {
    const channel = addChannel(bot.slack.workspace, 'new', { members: [bot.ana.id, bot.slack.workspace.bot.userId] })
    await bot.mention('How many students are there?', bot.at({ channel }))
    const picker = await bot.said('Which database', channel)
    await bot.slack.people.press(bot.at({ channel }), picker, '', ['school'])
    await bot.said('SELECT COUNT(*) FROM students', channel)
  })

  test('/sql and direct messages are answered; the same event again gives no second answer', async () => {
    await bot.slack.people.command(bot.at(), '/sql', 'How many students are there?')
    await bot.said('SELECT COUNT(*) FROM students')
    await bot.slack.people.say(bot.direct(), 'List all students')
    const answer = await bot.said(/Ben \| London/, bot.direct().channel)
    expect(answer.thread).toBeUndefined()
    for (const envelope of [...bot.slack.people.sent].slice(-2)) await bot.slack.people.resend(envelope)
    await bot.mention('How many students are there?')
    await bot.slack.until(() => bot.own().length === 2)
    expect(bot.own(bot.direct().channel)).toHaveLength(1)
  })

  test('cells are mere text, empty ones stay in their column, and of forty columns what does not fit is said', async () => {
    await bot.mention('List all notes')
    const notes = await bot.said('<!channel> <@U1> *bold*')
    expect(effectsOf(notes)).toEqual([])
    expect(showMessage(notes)).toMatch(/\n2 \| –\n3 \| –\n4 \| 👩‍👩‍👧‍👦 عربي :smile:/)
    await bot.mention('Show the wide table')
    await bot.said('the first 20 of 40 columns')
  })
})

describe('acting on an answer', () => {
  test('gives the CSV file, takes thumbs, and runs SQL that was edited', async () => {
    const thread = await bot.mention('List all students')
    const answer = await bot.said('Ben | London')
    await bot.slack.people.press(bot.at({ thread }), answer, 'CSV')
    // What one person asks for only they get.
    const file = await bot.slack.until(() => bot.own(bot.direct().channel).find(({ files }) => files.length > 0))
    expect(file.files[0]?.content.toString()).toBe(
      '\ufeffname,city\r\nBen,London\r\nCarla,Paris\r\nDora,Paris\r\nEmil,München\r\n',
    )
    await bot.slack.people.press(bot.at({ thread }), answer, '👎')
    expect((await bot.said('list of answers to look at')).onlyFor).toBe(bot.ana.id)
    await bot.slack.people.press(bot.at({ thread }), answer, 'Edit SQL')
    await bot.slack.until(() => bot.slack.workspace.views.size === 1)
    await bot.slack.people.submit(bot.at({ thread }), { SQL: "SELECT name FROM students WHERE city = 'London'" })
    await bot.said("WHERE city = 'London'")
  })

  test('says what a word means, from the answer', async () => {
    const thread = await bot.mention('List all students')
    const answer = await bot.said('Ben | London')
    await bot.slack.people.press(bot.at({ thread }), answer, 'Define a word')
    await bot.slack.until(() => bot.slack.workspace.views.size === 1)
    const meaning = { 'Word or words': 'drop-outs', 'What it means': 'status is left' }
    await bot.slack.people.submit(bot.at({ thread }), meaning)
    expect((await bot.said('“drop-outs” means: status is left')).onlyFor).toBe(bot.ana.id)
  })
})

describe('databases', () => {
  test('are added with a form and a file, belong to the channel, and can be asked', async () => {
    const channel = addChannel(bot.slack.workspace, 'shop', { members: [bot.ana.id, bot.slack.workspace.bot.userId] })
    await bot.slack.people.command(bot.at({ channel }), '/rowbot', 'databases add')
    await bot.slack.until(() => bot.slack.workspace.views.size === 1)
    const csv = { name: 'sales.csv', content: Buffer.from('product,amount\npen,3\nink,5\n') }
    await bot.slack.people.submit(bot.at({ channel }), { Name: 'sales', File: [csv] })
    await bot.said('sales can be asked now', channel)
    await bot.mention('How many sales are there?', bot.at({ channel }))
    await bot.said('SELECT COUNT(*) FROM sales', channel)
  })

  test('a file that is none is refused in words', async () => {
    await bot.slack.people.command(bot.at(), '/rowbot', 'databases add')
    await bot.slack.until(() => bot.slack.workspace.views.size === 1)
    const junk = { name: 'junk.sqlite', content: Buffer.from('this is no database') }
    await bot.slack.people.submit(bot.at(), { Name: 'junk', File: [junk] })
    const refusal = await bot.said(/⚠️/)
    expect(refusal.onlyFor).toBe(bot.ana.id)
  })

  test('are opened to several user groups, whose ids are typed; what is none is said to be', async () => {
    const { people, workspace, until } = bot.slack
    await people.command(bot.at(), '/rowbot', 'access school')
    await until(() => workspace.views.size === 1)
    const field = 'Groups or roles'
    expect((await people.submit(bot.at(), { [field]: 'S012ABC @finance' })).payload).toEqual({
      response_action: 'errors',
      errors: { groups: '“@finance” is not the id of a group.' },
    })
    await people.submit(bot.at(), { [field]: 'S012ABC\nS034DEF , S056GHI  \n' })
    await bot.said('Saved who may ask school')
    const { access } = bot.desk.parts.state
    const granted = access.rules(bot.desk.ids.school ?? '')
    expect(granted.groups).toEqual(['S012ABC', 'S034DEF', 'S056GHI'].map((id) => `slack:${workspace.id}:${id}`))
    changeChatAccess(access, bot.desk.ids.school ?? '', { ...granted, bound: [] })
    await people.command(bot.at(), '/rowbot', 'databases add')
    await until(() => workspace.views.size === 1)
    const csv = { name: 'groups.csv', content: Buffer.from('a,b\n1,2\n') }
    const added = await people.submit(bot.at(), {
      Name: 'groups',
      File: [csv],
      'Groups or roles that may': 'all of us',
    })
    expect(added.payload).toMatchObject({ errors: { groups: '“all” is not the id of a group.' } })
    workspace.views.clear()
  })

  test('guests, members of other organisations and people without access learn nothing', async () => {
    const { workspace } = bot.slack
    const guest = addUser(workspace, 'Gus', { isGuest: true })
    const foreign = addUser(workspace, 'Flo', { team: 'T0ELSEWHERE' })
    for (const user of [guest, foreign]) {
      bot.sales.members.add(user.id)
      await bot.mention('How many students are there?', bot.at({ user }))
      await bot.said(/may not ask|members of this workspace|no database/i)
      expect(bot.own().map(showMessage).join()).not.toContain('SELECT')
      bot.sales.messages = []
    }
  })
})

describe('when Slack refuses', () => {
  test('a rich message, the answer comes as plain text with the rows as CSV', async () => {
    bot.slack.faults.refuse('chat.update', 'invalid_blocks', { times: 1 })
    const placeholder = bot.slack.until(() => bot.own()[0])
    await bot.mention('List all students')
    await placeholder
    const file = await bot.slack.until(() => bot.own().find(({ files }) => files.length > 0), 8_000)
    expect(file.files[0]?.content.toString()).toContain('Emil,München')
    expect(bot.own()[0]).toMatchObject({ blocks: [], text: expect.stringContaining('SELECT name, city FROM students') })
  })

  test('for a while (rate limit, outage), the answer comes afterwards, once', async () => {
    bot.slack.faults.rateLimit('chat.update', { retryAfterSeconds: 1, times: 2 })
    await bot.mention('How many courses are there?')
    await bot.said('SELECT COUNT(*) FROM courses')
    bot.slack.faults.setDown(true)
    const said = bot.mention('How many courses are there?')
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    bot.slack.faults.setDown(false)
    await said
    await bot.slack.until(
      () => bot.own().filter((one) => showMessage(one).includes('FROM courses')).length === 2,
      8_000,
    )
    expect(bot.own()).toHaveLength(2)
  })

  test('because the bot was removed, the person is told in their direct messages', async () => {
    const { userId } = bot.slack.workspace.bot
    await bot.mention('How many courses are there?')
    await bot.said(/Reading|Yours/)
    bot.sales.members.delete(userId)
    await bot.said('SELECT COUNT(*) FROM courses', bot.direct().channel)
    bot.sales.members.add(userId)
  })

  test('because the message was deleted meanwhile, the answer is a new one', async () => {
    await bot.mention('How many courses are there?')
    const placeholder = await bot.said(/Reading|Yours/)
    bot.sales.messages = bot.sales.messages.filter((message) => message !== placeholder)
    await bot.said('SELECT COUNT(*) FROM courses')
  })
})
