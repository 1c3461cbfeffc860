import { words } from './split-words.ts'

/** A word as a text has it, before its plural's ending fell away; the word itself where the text has it otherwise. */
export function asTyped(word: string, text: string): string {
  const typed = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return typed.find((one) => words(one).includes(word)) ?? word
}
