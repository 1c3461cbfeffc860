import type { ChatButton, ChatMessage } from '../desk/chat-message.ts'
import { showMessage } from './fake-discord/show-message.ts'
import { type OpenDiscord, openDiscord } from './open-discord.ts'
import type { DeskScript } from './scripted-desk.ts'

/** One Discord at a time with a scripted desk behind the adapter, and what Ana sees of it in the sales channel. */
export function discordStage() {
  let open: OpenDiscord
  const seen = () => open.discord.seenBy(open.ana, open.sales)
  return {
    async start(script: DeskScript = {}, more: Parameters<typeof openDiscord>[0] = {}) {
      open = await openDiscord({ script, ...more })
      return { ...open, heard: open.desk.heard, platform: () => open.desk.platform() }
    },
    seen,
    shown: () => seen().map(showMessage),
    opened: () => open,
    close: () => open.close(),
  }
}

export const notice = (text: string): ChatMessage => ({
  kind: 'notice',
  tone: 'bad',
  text,
  advice: 'Ask Ben.',
  buttons: [],
})

export const button = (name: ChatButton['name'], opensForm = false): ChatButton => ({
  name,
  id: `${name}.q1`,
  label: name,
  style: 'plain',
  opensForm,
})
