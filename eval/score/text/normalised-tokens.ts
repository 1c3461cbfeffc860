import { type Token, tokenize, withoutComments } from '#databases/gate/sql-tokens.ts'

/**
 * The tokens of a query as far as its text is concerned: without comments and the final semicolon, words and names in small letters, texts
 * in single quotes, and one spelling for operators that have two.
 */
export function normalisedTokens(sql: string): string[] {
  const tokens = withoutComments(tokenize(sql)).map(normalised)
  while (tokens.at(-1) === ';') tokens.pop()
  return tokens
}

/** Exact match on normalised SQL. */
export function sameText(gold: string, predicted: string): boolean {
  return JSON.stringify(normalisedTokens(gold)) === JSON.stringify(normalisedTokens(predicted))
}

const SPELLINGS: Record<string, string> = { '<>': '!=', '==': '=' }

function normalised({ kind, text, value }: Token): string {
  if (kind === 'string' || text.startsWith('"')) return `'${value.replaceAll("'", "''")}'`
  return SPELLINGS[text] ?? value.toLowerCase()
}
