import type { App, SlashCommand } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Done } from './answer-doing.ts'
import { renderMessage } from './render-message.ts'
import { answerLater, type SlackContext } from './slack-context.ts'
import { typedText } from './slack-text.ts'

/** `/sql QUESTION` asks; `/rowbot …` manages; each alone gives help. */
export function listenToCommands(app: App, context: SlackContext): void {
  app.command('/sql', async ({ command, client, ack, context: { teamId } }) => {
    const text = typedText(command.text)
    const done = await doneBy(command, client, teamId, context)
    if (text === '') {
      await ack()
      return help(command, done, context)
    }
    const accepted = context.desk.accept({
      ...doing(command, done),
      text,
      message: null,
      follows: null,
      database: null,
      visibility: null,
    })
    if (accepted.kind !== 'refused') return ack()
    await ack({ response_type: 'ephemeral', ...renderMessage(accepted.message, context) })
  })

  app.command('/rowbot', async ({ command, client, ack, context: { teamId } }) => {
    await ack()
    const done = await doneBy(command, client, teamId, context)
    const words = wordsOf(typedText(command.text))
    if (words.length === 0) return help(command, done, context)
    answerLater(context, done, () => context.desk.command({ ...doing(command, done), words, files: [] }))
  })
}

function help(command: SlashCommand, done: Done, context: SlackContext): void {
  answerLater(context, done, () => context.desk.command({ ...doing(command, done), words: ['help'], files: [] }))
}

async function doneBy(
  command: SlashCommand,
  client: WebClient,
  workspace: string | undefined,
  { places }: SlackContext,
): Promise<Done> {
  const { user_id: personId, channel_id: channel, response_url: handle, trigger_id: trigger } = command
  const spot = { workspace: workspace ?? command.team_id, channel, thread: null, personId }
  return { client, place: await places.of(client, spot), personId, handle, trigger }
}

function doing({ trigger_id: key }: SlashCommand, { place, personId, handle }: Done) {
  return { key, place, personId, handle }
}

/** Words in quotes belong together, for names with blanks. */
function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(/["“”]([^"“”]*)["“”]|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? '')
}
