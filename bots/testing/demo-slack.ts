import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runRowbot } from '../rowbot.ts'
import { SCOPES } from '../slack/app-manifest.ts'
import { showChannel, showMessage } from './fake-slack/show-message.ts'
import type { At } from './fake-slack/slack-people.ts'
import { addChannel, addUser, directChannel, type SlackMessage } from './fake-slack/slack-world.ts'
import { type FakeSlack, startFakeSlack } from './fake-slack/start-fake-slack.ts'

const PATIENCE_MS = 300_000

/** The whole bot with its embedded model in a fake Slack: prints a conversation about the sample shop as people would see it. */
async function demo(print: (text: string) => void): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'rowbot-demo-'))
  const slack = await startFakeSlack({ scopes: SCOPES })
  const stopping = new AbortController()
  const running = runRowbot(['start'], {
    env: {
      ROWBOT_HOME: home,
      ROWBOT_PORT: '0',
      ROWBOT_LOG_LEVEL: 'warn',
      ROWBOT_SLACK_BOT_TOKEN: slack.workspace.bot.token,
      ROWBOT_SLACK_APP_TOKEN: slack.appToken,
      ROWBOT_SLACK_API_URL: slack.apiUrl,
    },
    terminal: { input: Readable.from([]), write: () => undefined, notice: print, interactive: false, width: 100 },
    signal: stopping.signal,
  })
  try {
    const ended = running.then((code) => Promise.reject(new Error(`Rowbot ended with ${code}`)))
    await Promise.race([talk(slack, print), ended])
  } finally {
    stopping.abort(new Error('the demo is over'))
    await running
    await slack.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function talk(slack: FakeSlack, print: (text: string) => void): Promise<void> {
  const { workspace, people, until } = slack
  const ana = addUser(workspace, 'Ana')
  const sales = addChannel(workspace, 'sales', { members: [ana.id, workspace.bot.userId] })
  const at: At = { workspace, user: ana, channel: sales }
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
  const direct = directChannel(workspace, ana.id)
  await until(() => direct.messages.some(({ files }) => files.length > 0), PATIENCE_MS)
  await mention('what will the weather be tomorrow')
  await answered(4)
  await people.command({ ...at, channel: direct }, '/rowbot', 'help')
  await until(() => direct.messages.some((one) => showMessage(one).includes('Ask your database')), PATIENCE_MS)
  print(`\n#sales\n\n${showChannel(workspace, sales)}\n\nAna and Rowbot\n\n${showChannel(workspace, direct)}\n`)

  /** Waits until so many questions have their answer, which carries thumbs, and gives the last one. */
  async function answered(count: number): Promise<SlackMessage> {
    const answers = () => sales.messages.filter(({ blocks }) => blocks.some(({ type }) => type === 'context_actions'))
    await until(() => answers().length >= count, PATIENCE_MS)
    return answers().at(-1) as SlackMessage
  }
}

await demo((text) => void process.stdout.write(text))
