import { words } from './split-words.ts'

/** Words as a text has them, before a plural's ending fell away; a word itself where the text has it otherwise. */
export function asTyped(said: string[], text: string): string[] {
  const typed = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return said.map((word) => typed.find((one) => words(one).includes(word)) ?? word)
}
