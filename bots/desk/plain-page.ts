import type { PageMessage } from './chat-message.ts'

/** A page as plain text. */
export function plainPage({ title, sections }: PageMessage): string {
  const parts = sections.map(({ heading, lines, code }) => [heading, ...lines, code].filter(Boolean).join('\n'))
  return [title, ...parts].join('\n\n')
}
