import type { GlossaryStore } from '#databases/state/glossary-store.ts'
import type { VerifiedAnswer, VerifiedStore } from '#databases/state/verified-store.ts'
import type { GlossaryEntry, Turn } from '../question.ts'
import { words } from '../words/split-words.ts'
import { normalQuestion } from './normal-question.ts'
import { saidAs } from './said-as.ts'

/** What people have taught about their databases. */
export type Knowledge = {
  glossary: Pick<GlossaryStore, 'list'>
  verified: Pick<VerifiedStore, 'find' | 'list'>
  /** Names of people, for saying who verified an answer. */
  chatPeople: { name(personId: string): string | null }
}

/** What of it a question needs. */
export type Recalled = {
  glossary: GlossaryEntry[]
  /** Similar questions with queries that were verified, likest last, as the nearest earlier turn. */
  examples: Turn[]
  /** The verified answer to this very question. */
  verified: VerifiedAnswer | null
}

const MOST_TERMS = 8
const MOST_EXAMPLES = 2
const MOST_LOOKED_AT = 500
/** Share of common words from which on two questions are similar. */
const SIMILAR = 0.5

/** Recalls what people have taught about a database that a question can use. */
export function recall(
  knowledge: Knowledge | undefined,
  { databaseId, text, follows }: { databaseId: string; text: string; follows: boolean },
): Recalled {
  if (!knowledge) return { glossary: [], examples: [], verified: null }
  const glossary = matchTerms(text, knowledge.glossary.list(databaseId))
  if (follows) return { glossary, examples: [], verified: null }
  const normal = normalQuestion(text)
  const verified = knowledge.verified.find(databaseId, normal) ?? null
  const examples = similar(text, knowledge.verified.list(databaseId, MOST_LOOKED_AT))
  return { glossary, examples, verified }
}

/** Entries whose term stands in the text, word by word; plural or not. */
function matchTerms(text: string, entries: GlossaryEntry[]): GlossaryEntry[] {
  return entries
    .filter(({ term }) => saidAs(term, text) !== null)
    .slice(0, MOST_TERMS)
    .map(({ term, meaning }) => ({ term, meaning }))
}

function similar(text: string, answers: VerifiedAnswer[]): Turn[] {
  const said = new Set(words(text))
  return answers
    .map((answer) => ({ answer, likeness: likeness(said, new Set(words(answer.question))) }))
    .filter((one) => one.likeness >= SIMILAR)
    .sort((one, other) => other.likeness - one.likeness)
    .slice(0, MOST_EXAMPLES)
    .reverse()
    .map(({ answer }) => ({ question: answer.question, sql: answer.sql }))
}

function likeness(one: Set<string>, other: Set<string>): number {
  const common = [...one].filter((word) => other.has(word)).length
  return common / Math.max(1, one.size + other.size - common)
}
