import { allComponents } from './fake-discord/check-message.ts'
import { startFakeDiscord } from './fake-discord/fake-discord.ts'
import { pictureOf, showChannel, showMessage } from './fake-discord/show-message.ts'
import type { Message } from './fake-discord/world.ts'
import { PATIENCE_MS, runDemo } from './run-demo.ts'
import { until } from './until.ts'

const discord = await startFakeDiscord()
const { world } = discord
// The server must be there before the bot comes.
const guild = discord.addGuild('Harbour')
const sales = discord.addChannel(guild, 'sales')
const ana = discord.addPerson('Ana', { guild })

async function talk(): Promise<void> {
  const mention = (text: string, to: { replyTo?: Message } = {}) =>
    ana.say(sales, `<@${world.application.id}> ${text}`, to)
  await until(() => world.commands.length > 0, PATIENCE_MS)
  ana.slash(sales, 'sql', { question: 'how many orders last week' })
  ana.pick(await saying('Which database'), 'shop')
  const first = await answered(1)
  mention('only in Germany', { replyTo: first })
  await answered(2)
  mention('revenue per month this year as a line chart')
  const chart = await answered(3)
  ana.press(chart, 'CSV')
  mention('what will the weather be tomorrow')
  await saying('I can’t answer that')
  ana.slash(sales, 'rowbot help')
  await saying('Ask your database')
}

/** Waits until so many questions have an answer whose rows can be had, and gives the last one. */
async function answered(count: number): Promise<Message> {
  const isAnswer = ({ components }: Message) =>
    allComponents(components).some((part) => part.type === 2 && part.label === 'CSV')
  const answers = () => discord.seenBy(ana, sales).filter(isAnswer)
  await until(() => answers().length >= count, PATIENCE_MS)
  return answers().at(-1) as Message
}

async function saying(words: string): Promise<Message> {
  const find = () => discord.seenBy(ana, sales).findLast((one) => showMessage(one).includes(words))
  await until(() => find() !== undefined, PATIENCE_MS)
  return find() as Message
}

await runDemo({
  env: { ROWBOT_DISCORD_TOKEN: discord.token, ROWBOT_DISCORD_API_URL: discord.api },
  talk,
  told: () => `#sales\n\n${showChannel(world, sales)}\n\nAna and Rowbot\n\n${showChannel(world, discord.direct(ana))}`,
  lines: () => pictureOf(world, sales),
  close: () => discord.close(),
})
