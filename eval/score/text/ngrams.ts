/** All runs of so many tokens, each as one text. */
export function ngrams(tokens: string[], length: number): string[] {
  const count = Math.max(0, tokens.length - length + 1)
  return Array.from({ length: count }, (_, at) => JSON.stringify(tokens.slice(at, at + length)))
}
