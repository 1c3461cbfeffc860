import type { ChatMemory } from '#core/chat-memory.ts'

const LONGEST_TERM = 60
const LONGEST_MEANING = 300

/** How long a word and its meaning may be. */
export const DEFINITION_LIMITS = { term: LONGEST_TERM, meaning: LONGEST_MEANING }

export type Defined =
  | { kind: 'defined'; term: string; meaning: string }
  /** By field what is wrong with it; nothing was kept. */
  | { kind: 'invalid'; problems: { term?: string; meaning?: string } }

type Definition = { databaseId: string; term: string; meaning: string; addedBy: string | null }

/** Keeps what a word means in a database, or gives it its new meaning, for every front end in the same form. */
export function defineTerm({ glossary }: Pick<ChatMemory, 'glossary'>, given: Definition): Defined {
  const term = oneLine(given.term).slice(0, LONGEST_TERM)
  const meaning = oneLine(given.meaning).slice(0, LONGEST_MEANING)
  if (term === '' || meaning === '') {
    const problems = {
      ...(term === '' && { term: 'Write the word that is defined.' }),
      ...(meaning === '' && { meaning: 'Write what it means.' }),
    }
    return { kind: 'invalid', problems }
  }
  glossary.put({ databaseId: given.databaseId, term, meaning, addedBy: given.addedBy })
  return { kind: 'defined', term, meaning }
}

/** A definition is one line: more of them could pass for another part of a prompt. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
