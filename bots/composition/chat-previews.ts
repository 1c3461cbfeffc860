import type { ChatPreview } from '../reply/preview.ts'

/** How the chats would show a reply. Their libraries are loaded once somebody wants to see that: they take their time. */
export const chatPreviews: ChatPreview[] = [
  {
    name: 'Slack',
    preview: async (reply, look) => (await import('../slack/preview-reply.ts')).previewReply(reply, look),
  },
  {
    name: 'Discord',
    preview: async (reply, look) => (await import('../discord/preview-reply.ts')).previewReply(reply, look),
  },
]
