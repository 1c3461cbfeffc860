import { SCOPES } from '../slack/app-manifest.ts'
import { pictureOf, showChannel, showMessage } from './fake-slack/show-message.ts'
import type { At } from './fake-slack/slack-people.ts'
import { addChannel, addUser, directChannel, type SlackMessage } from './fake-slack/slack-world.ts'
import { startFakeSlack } from './fake-slack/start-fake-slack.ts'
import { PATIENCE_MS, runDemo } from './run-demo.ts'

const slack = await startFakeSlack({ scopes: SCOPES })
const { workspace, people, until } = slack
const ana = addUser(workspace, 'Ana')
const sales = addChannel(workspace, 'sales', { members: [ana.id, workspace.bot.userId] })
const direct = directChannel(workspace, ana.id)
const at: At = { workspace, user: ana, channel: sales }

async function talk(): Promise<void> {
  const mention = (text: string, thread?: string) =>
    people.say(thread ? { ...at, thread } : at, `<@${workspace.bot.userId}> ${text}`)
  await until(() => slack.socket.connections() > 0, PATIENCE_MS)

  const thread = await mention('how many orders last week')
  const picker = await until(
    () => sales.messages.find((one) => showMessage(one).includes('Which database')),
    PATIENCE_MS,
  )
  await people.press(at, picker, '', ['shop'])
  await answered(1)
  await mention('only in Germany', thread)
  await answered(2)
  await mention('how many orders per month this year')
  const chart = await answered(3)
  await people.press(at, chart, 'CSV')
  await until(() => direct.messages.some(({ files }) => files.length > 0), PATIENCE_MS)
  await mention('what will the weather be tomorrow')
  await answered(4)
  await people.command({ ...at, channel: direct }, '/rowbot', 'help')
  await until(() => direct.messages.some((one) => showMessage(one).includes('Ask your database')), PATIENCE_MS)
}

/** Waits until so many questions have their answer, which carries thumbs, and gives the last one. */
async function answered(count: number): Promise<SlackMessage> {
  const answers = () => sales.messages.filter(({ blocks }) => blocks.some(({ type }) => type === 'context_actions'))
  await until(() => answers().length >= count, PATIENCE_MS)
  return answers().at(-1) as SlackMessage
}

await runDemo({
  env: {
    ROWBOT_SLACK_BOT_TOKEN: workspace.bot.token,
    ROWBOT_SLACK_APP_TOKEN: slack.appToken,
    ROWBOT_SLACK_API_URL: slack.apiUrl,
  },
  talk,
  told: () => `#sales\n\n${showChannel(workspace, sales)}\n\nAna and Rowbot\n\n${showChannel(workspace, direct)}`,
  lines: () => pictureOf(workspace, sales),
  close: () => slack.close(),
})
