import type { App, SlashCommand } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Done } from './answer-doing.ts'
import { answerLater, type SlackContext } from './slack-context.ts'
import { typedText } from './slack-text.ts'

/** `/sql QUESTION` asks; `/rowbot …` manages; each alone gives help. */
export function listenToCommands(app: App, context: SlackContext): void {
  const { desk } = context

  app.command('/sql', async ({ command, client, ack, context: { teamId } }) => {
    const text = typedText(command.text)
    const done = await doneBy(command, client, teamId, context)
    if (text === '') {
      await ack()
      return run(done, ['help'])
    }
    const asked = { ...done.doing, text, message: null, follows: null, database: null, visibility: null }
    const accepted = desk.accept(asked)
    await ack()
    if (accepted.kind === 'refused') await desk.tell(done.doing, accepted.message)
  })

  app.command('/rowbot', async ({ command, client, ack, context: { teamId } }) => {
    await ack()
    run(await doneBy(command, client, teamId, context), wordsOf(typedText(command.text)))
  })

  function run(done: Done, words: string[]): void {
    answerLater(context, done, () => desk.command({ ...done.doing, words, files: [] }))
  }
}

async function doneBy(
  command: SlashCommand,
  client: WebClient,
  workspace: string | undefined,
  { places }: SlackContext,
): Promise<Done> {
  const { user_id: personId, channel_id: channel, response_url: handle, trigger_id: key } = command
  const spot = { workspace: workspace ?? command.team_id, channel, thread: null, personId }
  return { doing: { key, place: await places.of(client, spot), personId, handle }, trigger: { client, id: key } }
}

/** Words in quotes belong together, for names with blanks. */
function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/["“”]([^"“”]*)["“”]|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '')
}
