import type { Score } from '../score/open-scorer.ts'

/** True if SQLite could read the prediction: it ran, or failed for another reason than its syntax. */
export function isValidSyntax({ verdict, message = '' }: Score): boolean {
  return verdict !== 'crashed' || !SYNTAX.test(message)
}

/** True if the prediction ran to its end. */
export function isExecutable({ verdict }: Score): boolean {
  return verdict === 'right' || verdict === 'wrong'
}

const SYNTAX =
  /syntax error|incomplete input|unrecognized token|contains no statements|holds a NUL|more than one statement/
