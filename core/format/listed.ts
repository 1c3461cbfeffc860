/** Several things said in one sentence: "a, b, and c". */
export function listed(things: string[], conjunction: 'and' | 'or'): string {
  return new Intl.ListFormat('en', { type: conjunction === 'and' ? 'conjunction' : 'disjunction' }).format(things)
}
