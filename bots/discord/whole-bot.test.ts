import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { refusals } from '../testing/fake-discord/refusal.ts'
import { showMessage } from '../testing/fake-discord/show-message.ts'
import { type DiscordBot, openDiscordBot } from '../testing/open-discord-bot.ts'
import { until } from '../testing/until.ts'

const generator = scriptedGenerator([
  { when: /^only in Paris/, say: "SELECT COUNT(*) FROM students WHERE city = 'Paris'" },
  { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
  { when: /^How many courses/, say: 'SELECT COUNT(*) FROM courses', delayMs: 700 },
  { when: /^List all students/, say: 'SELECT name, city FROM students' },
])

let bot: DiscordBot

beforeAll(async () => {
  bot = await openDiscordBot({ dumps: { school: SCHOOL_DUMP }, generator })
})

afterAll(() => bot.close())

/** #sales as it is after Ana chose the school for it. */
beforeEach(() => {
  bot.discord.world.messages.length = 0
  bot.logged.length = 0
  bot.bind(bot.sales, ['school'])
})

const slow = 'How many courses are there?'
/** The SQL stands behind a button: the answer is known by its numbers. */
const slowAnswer = /4 courses|\b4\b[\s\S]*\[CSV\]/
const working = /Reading|Yours/

describe('asking', () => {
  test('a mention is answered below it: the placeholder becomes the answer; a reply goes on from it', async () => {
    const asked = bot.mention(slow)
    const placeholder = await bot.said(working)
    expect(showMessage(placeholder)).toContain('[Stop]')
    const given = await bot.said(slowAnswer)
    expect(given).toBe(placeholder)
    expect(given.replyTo).toBe(asked.id)
    bot.mention('How many students are there?')
    const students = await until(() => bot.own().length === 2).then(() => bot.said(/\[CSV\]/))
    bot.ana.say(bot.sales, 'only in Paris', { replyTo: students })
    await until(() => bot.own().length === 3)
    await bot.said(/Paris[\s\S]*\[CSV\]/)
  })

  test('the first question in a channel asks which database belongs to it, and then runs', async () => {
    const channel = bot.discord.addChannel(bot.guild, 'new')
    bot.ana.slash(channel, 'sql', { question: 'How many students are there?' })
    bot.ana.pick(await bot.said('Which database', channel), 'school')
    await bot.said(/\[CSV\]/, channel)
  })

  test('its buttons work: the rows as a file, the explanation, edited SQL', async () => {
    bot.mention('List all students')
    const given = await bot.said('Dora')
    bot.ana.press(given, 'CSV')
    await until(() => bot.own().some(({ attachments }) => attachments.length > 0))
    bot.ana.press(given, 'How I got this')
    await bot.said('SELECT name, city FROM students')
    const pressed = bot.ana.press(given, 'Edit SQL')
    await until(() => pressed.modal !== null)
    bot.ana.fill(pressed, { sql: "SELECT name FROM students WHERE city = 'London'" })
    await bot.said(/Ben(?![\s\S]*Dora)[\s\S]*\[CSV\]/)
  })

  test('a message that is edited once its answer is under way is answered as it is now', async () => {
    const asked = bot.mention(slow)
    await bot.said(working)
    bot.ana.edit(asked, `<@${bot.discord.world.application.id}> List all students`)
    await bot.said('Dora')
    await bot.said('Stopped')
    expect(bot.own()).toHaveLength(2)
  })

  test('a message that is deleted while its answer is under way is stopped', async () => {
    const asked = bot.mention(slow)
    await bot.said(working)
    bot.ana.delete(asked)
    await bot.said('Stopped')
  })
})

describe('what cannot be done is said in words', () => {
  test('no database yet', async () => {
    const ben = bot.discord.addPerson('Ben', { guild: bot.guild })
    const channel = bot.discord.addChannel(bot.guild, 'empty')
    bot.mention('How many students are there?', channel, ben)
    expect(showMessage(await bot.said('no database yet', channel, ben))).toContain('[Add a database]')
  })

  test.each([
    [{ name: 'plan.docx', content: 'x' }, 'plan.docx'],
    [{ name: 'big.csv', content: `a\n${'1\n'.repeat(600_000)}` }, /big\.csv.*(larger|too large)/],
  ])('a file of no kind that can be read, and one that is too large: %#', async (file, words) => {
    bot.ana.slash(bot.sales, 'rowbot databases add', { file })
    const said = await bot.said(words)
    expect(said.onlyFor).toBe(bot.ana.user.id)
    expect(showMessage(said)).toMatch(/^⚠️/)
  })
})

describe('after a crash between sending and noting it', () => {
  const crashAfterPosting = async () => {
    bot.discord.loseAnswer(/POST \/api\/v10\/channels\/\d+\/messages/)
    bot.mention(slow)
    await bot.said(working)
    await bot.restart()
    await bot.said(slowAnswer)
  }

  test('the message is found and becomes the answer', async () => {
    await crashAfterPosting()
    expect(bot.own()).toHaveLength(1)
  })

  test('without the permission to look for it Discord takes no second one', async () => {
    bot.sales.allowed.history = false
    await crashAfterPosting()
    expect(bot.own()).toHaveLength(1)
    bot.sales.allowed.history = true
  })
})

describe('when Discord fails', () => {
  test('because a quarter of an hour is over, the answer still comes, for one person in direct messages', async () => {
    for (const isPrivate of [false, true]) {
      bot.ana.slash(bot.sales, 'sql', { question: slow, private: isPrivate })
      await bot.said(working)
      bot.discord.expireTokens()
      await bot.said(slowAnswer, isPrivate ? bot.discord.direct(bot.ana) : bot.sales)
    }
    expect(bot.own().filter((one) => slowAnswer.test(showMessage(one)))).toHaveLength(1)
  })

  test('because the interaction was heard too late, the answer comes to the channel', async () => {
    bot.discord.refuse(/POST \/interactions/, refusals.unknownInteraction())
    bot.ana.slash(bot.sales, 'sql', { question: 'How many students are there?' })
    await bot.said(/\[CSV\]/)
  })

  test('for an hour, what was asked before is answered after it, once, and then it goes on', async () => {
    bot.mention(slow)
    await bot.said(working)
    bot.discord.setDown(true)
    bot.desk.setClock(new Date(Date.now() + 60 * 60_000).toISOString())
    await until(() => bot.logged.some(({ text }) => text.includes('what is to be sent waits for it')))
    bot.discord.setDown(false)
    await bot.said(slowAnswer)
    expect(bot.own()).toHaveLength(1)
    await until(() => bot.logged.some(({ text }) => text.includes('can be reached again')))
    await until(() => bot.logged.some(({ text }) => text === 'connected to Discord again'))
    bot.mention('List all students')
    await bot.said('Dora')
  })

  test('before it says who asks, the question waits', async () => {
    const cleo = bot.discord.addPerson('Cleo', { guild: bot.guild })
    bot.discord.refuse(/GET \/guilds\/\d+\/members/, refusals.unavailable())
    bot.mention('List all students', bot.sales, cleo)
    await bot.said('Dora')
  })

  test.each([
    ['the channel was deleted', () => bot.discord.deleteChannel(channel())],
    ['the bot may not write there', () => Object.assign(channel().allowed, { send: false, view: false })],
  ])('because %s, the person is told in direct messages', async (_, happens) => {
    const place = bot.discord.addChannel(bot.guild, 'soon-closed')
    last = place
    bot.bind(place, ['school'])
    bot.mention(slow, place)
    await bot.said(working, place)
    happens()
    await bot.said(slowAnswer, bot.discord.direct(bot.ana))
  })

  let last: DiscordBot['sales']
  const channel = () => last

  test('because the token was reset, the log says what to do, and the answer comes after that', async () => {
    bot.mention(slow)
    await bot.said(working)
    bot.discord.refuse(/^PATCH/, refusals.unauthorized())
    await until(() => bot.logged.some(({ level, text }) => level === 'error' && text.includes('ROWBOT_DISCORD_TOKEN')))
    await bot.restart()
    await bot.said(slowAnswer)
    expect(bot.own()).toHaveLength(1)
  })
})

test('two programs with one token give one answer, and the second is told', async () => {
  const other = await openDiscordBot({ dumps: { school: SCHOOL_DUMP }, generator, beside: bot })
  try {
    other.bind(bot.sales, ['school'])
    bot.mention('List all students')
    await bot.said('Dora')
    bot.ana.slash(bot.sales, 'sql', { question: slow })
    await bot.said(slowAnswer)
    const isDone = ({ desk }: DiscordBot) =>
      (['waiting', 'running', 'ended'] as const).every((state) => desk.parts.state.jobs.count(state) === 0)
    await until(() => isDone(bot) && isDone(other))
    expect(bot.own().map((one) => showMessage(one).includes('[CSV]'))).toEqual([true, true])
    expect([...bot.logged, ...other.logged].some(({ text }) => text.includes('Stop one of them'))).toBe(true)
  } finally {
    await other.close()
  }
})

test('a bot that was removed from its server says so to the person', async () => {
  bot.mention(slow)
  await bot.said(working)
  bot.discord.removeBot(bot.guild)
  await bot.said(/View Channel is missing[\s\S]*\[CSV\]/, bot.discord.direct(bot.ana))
})
