import { footing } from './footing.ts'
import type { Reply } from './reply.ts'

/** The reply as plain text, for where a message with all it can show is refused; the rows follow as a file. */
export function plainReply(reply: Reply): string {
  const rest = reply.kind === 'answered' ? [...footing(reply), reply.sql] : reply.suggestions
  return [reply.headline, ...reply.notes, ...rest].filter(Boolean).join('\n')
}
