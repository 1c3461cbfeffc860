import type { Turn } from '../question.ts'
import { words } from '../words/split-words.ts'

/** The words of the turn before, its query's too: none where nothing went before. */
export function spokenBefore(follows?: Turn): Set<string> {
  return new Set(follows ? words(`${follows.question} ${follows.sql}`) : [])
}
