import type { Finding } from '../finding.ts'
import type { ChatMessage } from './chat-message.ts'
import type { ChatPlatform, Destination, Sent } from './chat-platform.ts'
import { sampleMessages } from './sample-messages.ts'
import { newStamp } from './transmit.ts'

type Tried = { to: Destination; personId: string; tell: (finding: Finding) => void }

/** Sends one of each kind of message through the very code that answers people, and tells what the platform made of each. */
export async function tryPlatform(platform: ChatPlatform, { to, personId, tell }: Tried): Promise<void> {
  for (const [name, message] of Object.entries(sampleMessages())) {
    const waiting: ChatMessage = { kind: 'progress', text: `${name}…`, buttons: [] }
    const posted = await platform.post(to, waiting, newStamp())
    tell(said(`${name}: placeholder`, posted))
    if (!posted.ok) continue
    tell(said(`${name}: becomes the message`, await platform.update(posted.value, message, to)))
  }
  const file = { name: 'smoke.csv', mimeType: 'text/csv', content: 'a,b\r\n1,2\r\n', alt: 'A row to try with' }
  tell(said('file', await platform.upload(to, file)))
  tell(said('look up a person', await platform.lookUp(to.place, personId)))
}

function said(what: string, sent: Sent<unknown>): Finding {
  if (sent.ok) return { ok: true, what, found: 'fine' }
  const { failure } = sent
  return {
    ok: false,
    what,
    found: failure.kind,
    advice: failure.kind === 'forbidden' ? failure.fix : JSON.stringify(failure),
  }
}
