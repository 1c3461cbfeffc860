import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#core/config.ts'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { SCOPES } from '../slack/app-manifest.ts'
import { type Harbour, openHarbour } from '../testing/fake-discord/open-harbour.ts'
import { showMessage as showDiscord } from '../testing/fake-discord/show-message.ts'
import { showMessage as showSlack } from '../testing/fake-slack/show-message.ts'
import { addChannel, addUser } from '../testing/fake-slack/slack-world.ts'
import { type FakeSlack, startFakeSlack } from '../testing/fake-slack/start-fake-slack.ts'
import { until } from '../testing/until.ts'
import { openConversation } from './open-conversation.ts'
import { openRooms } from './open-rooms.ts'
import { startChats } from './start-chats.ts'

let home: string
let slack: FakeSlack
let harbour: Harbour

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'rowbot-chats-'))
  // With a folder in its place the sample shop is not made.
  mkdirSync(join(home, 'sample'))
  slack = await startFakeSlack({ scopes: SCOPES })
  harbour = await openHarbour()
})
afterAll(async () => {
  await slack.close()
  await harbour.discord.close()
  rmSync(home, { recursive: true, force: true })
})

test('a question that ends while the program stops is answered in every chat', async () => {
  const { workspace, people } = slack
  const { discord, guild, ana } = harbour
  const user = addUser(workspace, 'Ana')
  const channel = addChannel(workspace, 'sales', { members: [user.id, workspace.bot.userId] })
  const config = readConfig({
    env: {
      ROWBOT_HOME: home,
      ROWBOT_SANDBOX_PROCESSES: '1',
      ROWBOT_SLACK_BOT_TOKEN: workspace.bot.token,
      ROWBOT_SLACK_APP_TOKEN: slack.appToken,
      ROWBOT_SLACK_API_URL: slack.apiUrl,
      ROWBOT_DISCORD_TOKEN: discord.token,
      ROWBOT_DISCORD_API_URL: discord.api,
    },
  })
  const rooms = await openRooms(config)
  const { access } = rooms.state
  const path = join(home, 'school.sql')
  writeFileSync(path, SCHOOL_DUMP)
  const { record } = await rooms.registry.addUpload([{ name: 'school.sql', path }], { name: 'school' })
  const channels = [`slack:${workspace.id}:${channel.id}`, `discord:${guild.id}:${harbour.sales.id}`]
  access.setRules(record.id, { people: [], groups: [], channels, guests: false, strangers: false })
  for (const one of channels) access.bind(one, [record.id])
  const generator = scriptedGenerator([{ when: /./, say: 'SELECT COUNT(*) FROM courses', delayMs: 700 }])
  const { assistant, conversation } = openConversation(rooms, generator)
  const chats = startChats({ rooms, conversation, generator, log: pino({ level: 'silent' }) })
  await until(() => chats.platforms.size === 2)

  const said = {
    slack: () => channel.messages.filter((one) => one.user === workspace.bot.userId).map(showSlack),
    discord: () =>
      discord
        .seenBy(ana, harbour.sales)
        .filter((one) => one.authorId === discord.world.application.user.id)
        .map(showDiscord),
  }
  await people.say({ workspace, user, channel }, `<@${workspace.bot.userId}> How many courses are there?`)
  ana.say(harbour.sales, `<@${discord.world.application.id}> How many courses are there?`)
  await until(() => said.slack().length === 1 && said.discord().length === 1)
  await chats.close()
  expect(said.slack()).toEqual([expect.stringContaining('4 courses.')])
  expect(said.discord()).toEqual([expect.stringContaining('4 courses.')])
  expect(chats.platforms.size).toBe(0)
  await assistant.close()
  await rooms.close()
})
