import type { Token } from './tokenize-sql.ts'

/** Without what stands in parentheses; these stay. */
export function outermost(tokens: Token[]): Token[] {
  let depth = 0
  return tokens.filter(({ text }) => {
    if (text === ')') depth--
    const isOutside = depth === 0
    if (text === '(') depth++
    return isOutside
  })
}
