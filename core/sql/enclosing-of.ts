import type { Token } from './tokenize-sql.ts'

/** For each token the index of the parenthesis that it stands in; undefined for those that stand in none. */
export function enclosingOf(tokens: Token[]): (number | undefined)[] {
  const open: number[] = []
  return tokens.map(({ text }, index) => {
    if (text === ')') open.pop()
    const within = open.at(-1)
    if (text === '(') open.push(index)
    return within
  })
}
