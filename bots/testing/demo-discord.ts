import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runRowbot } from '../rowbot.ts'
import { allComponents } from './fake-discord/check-message.ts'
import { type FakeDiscord, startFakeDiscord } from './fake-discord/fake-discord.ts'
import { showChannel, showMessage } from './fake-discord/show-message.ts'
import type { Message } from './fake-discord/world.ts'
import { until } from './until.ts'

const PATIENCE_MS = 300_000

/** The whole bot with its embedded model in a fake Discord: prints a conversation about the sample shop as people would see it. */
async function demo(print: (text: string) => void): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'rowbot-demo-'))
  const discord = await startFakeDiscord()
  const stopping = new AbortController()
  const talked = prepare(discord, print)
  const running = runRowbot(['start'], {
    env: {
      ROWBOT_HOME: home,
      ROWBOT_PORT: '0',
      ROWBOT_LOG_LEVEL: 'warn',
      ROWBOT_DISCORD_TOKEN: discord.token,
      ROWBOT_DISCORD_API_URL: discord.api,
    },
    terminal: { input: Readable.from([]), write: () => undefined, notice: print, interactive: false, width: 100 },
    signal: stopping.signal,
  })
  try {
    const ended = running.then((code) => Promise.reject(new Error(`Rowbot ended with ${code}`)))
    await Promise.race([talked(), ended])
  } finally {
    stopping.abort(new Error('the demo is over'))
    await running
    await discord.close()
    rmSync(home, { recursive: true, force: true })
  }
}

/** The server must be there before the bot comes; gives what is said then. */
function prepare(discord: FakeDiscord, print: (text: string) => void): () => Promise<void> {
  const guild = discord.addGuild('Harbour')
  const sales = discord.addChannel(guild, 'sales')
  const ana = discord.addPerson('Ana', { guild })
  const seen = () => discord.seenBy(ana, sales)
  const find = (words: string) => seen().findLast((one) => showMessage(one).includes(words))
  const hasButton = (message: Message, label: string) =>
    allComponents(message.components).some((part) => part.type === 2 && part.label === label)

  /** Waits until so many questions have an answer that can be explained, and gives the last one. */
  async function answered(count: number): Promise<Message> {
    const answers = () => seen().filter((one) => hasButton(one, 'CSV'))
    await until(() => answers().length >= count, PATIENCE_MS)
    return answers().at(-1) as Message
  }

  async function saying(words: string): Promise<Message> {
    await until(() => find(words) !== undefined, PATIENCE_MS)
    return find(words) as Message
  }

  async function talk(): Promise<void> {
    await until(() => discord.world.commands.length > 0, PATIENCE_MS)
    ana.slash(sales, 'sql', { question: 'how many orders last week' })
    ana.pick(await saying('Which database'), 'shop')
    const first = await answered(1)
    ana.say(sales, `<@${discord.world.application.id}> only in Germany`, { replyTo: first })
    await answered(2)
    ana.slash(sales, 'sql', { question: 'revenue per month this year as a line chart' })
    const chart = await answered(3)
    ana.press(chart, 'CSV')
    ana.slash(sales, 'sql', { question: 'what will the weather be tomorrow' })
    await saying('weather')
    ana.slash(sales, 'rowbot help')
    await saying('Ask your database')
  }

  return async () => {
    try {
      await talk()
    } finally {
      print(`\n#sales\n\n${showChannel(discord.world, sales)}\n\n`)
      print(`Ana and Rowbot\n\n${showChannel(discord.world, discord.direct(ana))}\n`)
    }
  }
}

await demo((text) => void process.stdout.write(text))
