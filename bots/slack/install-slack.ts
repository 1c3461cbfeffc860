import type { ChatSetup } from '../chat-setup.ts'
import { appManifest } from './app-manifest.ts'
import { checkSlack } from './check-slack.ts'
import type { SlackSettings } from './slack-settings.ts'

/** How the app is made in Slack: its manifest, the steps, and what is found of what is set already. */
export async function installSlack(
  settings: SlackSettings,
  { publicUrl }: { publicUrl: string | null },
): Promise<Awaited<ReturnType<ChatSetup['install']>>> {
  const isOverHttp = settings.signingSecret !== null && settings.appToken === null
  const address = isOverHttp || settings.clientId !== null ? publicUrl : null
  const manifest = appManifest({ readsThreads: settings.readsThreads, publicUrl: address, isOverHttp })
  return {
    file: { name: 'rowbot-slack-manifest.json', content: `${JSON.stringify(manifest, null, 2)}\n` },
    steps: [
      'Open https://api.slack.com/apps?new_app=1, choose "From a manifest" and your workspace, and paste the file.',
      'Press "Install to Workspace".',
      'Copy the "Bot User OAuth Token" under "OAuth & Permissions" into ROWBOT_SLACK_BOT_TOKEN.',
      isOverHttp
        ? 'Copy the "Signing Secret" under "Basic Information" into ROWBOT_SLACK_SIGNING_SECRET.'
        : 'Make a token with the scope connections:write under "Basic Information", "App-Level Tokens", for ROWBOT_SLACK_APP_TOKEN.',
      'Start Rowbot (`rowbot start`), and invite it where it is to answer: /invite @Rowbot',
    ],
    findings: await checkSlack(settings),
  }
}
