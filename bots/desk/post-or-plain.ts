import type { ChatMessage } from './chat-message.ts'
import type { ChatPlatform, Destination, MessageRef, Sent } from './chat-platform.ts'
import { plainer } from './plainer.ts'

/** Posts a message; where it is refused with all that it can show, what is plainer. */
export async function postOrPlain(
  platform: ChatPlatform,
  to: Destination,
  message: ChatMessage,
  stamp: string,
): Promise<Sent<MessageRef>> {
  const sent = await platform.post(to, message, stamp)
  const plain = sent.ok || sent.failure.kind !== 'rich-refused' ? null : plainer(message)
  return plain ? platform.post(to, plain, stamp) : sent
}
