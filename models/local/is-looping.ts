/** Longest stretch whose repetition is looked for, in tokens: a subquery. */
const LONGEST_UNIT = 48
/** A stretch that stands there for the third time in a row, and over so many tokens, never ends: shorter repetitions occur in queries. */
const REPETITIONS = 3
const LEAST_TOKENS = 24

/** Whether the end of a text is one stretch over and over: small models fall into this and would write on to the limit. */
export function isLooping<Token>(tokens: readonly Token[]): boolean {
  for (let unit = 1; unit <= LONGEST_UNIT; unit++) {
    const length = Math.max(REPETITIONS * unit, LEAST_TOKENS)
    if (length > tokens.length) return false
    if (repeats(tokens, unit, length)) return true
  }
  return false
}

function repeats<Token>(tokens: readonly Token[], unit: number, length: number): boolean {
  for (let at = tokens.length - 1; at >= tokens.length - length + unit; at--) {
    if (tokens[at] !== tokens[at - unit]) return false
  }
  return true
}
