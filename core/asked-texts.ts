import type { ValueHint } from './linking/link-values.ts'
import type { GlossaryEntry, Turn } from './question.ts'

/** The texts that a part of a query may come from: the question, values found for it, what defined words mean, the turn before it. */
export function askedTexts(
  text: string,
  { values, glossary = [], follows }: { values: ValueHint[]; glossary?: GlossaryEntry[]; follows?: Turn },
): string[] {
  return [
    text,
    ...values.map(({ value }) => value),
    ...glossary.map(({ meaning }) => meaning),
    ...(follows ? [follows.question, follows.sql] : []),
  ]
}
