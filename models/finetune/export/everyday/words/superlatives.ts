/** Adjectives that say "with the highest" or "with the lowest" of a measure in one word. */
export function superlative(measure: string, end: 'most' | 'least'): string | null {
  const found = ADJECTIVES.find(([pattern]) => pattern.test(measure))
  return found ? (end === 'most' ? found[1] : found[2]) : null
}

const ADJECTIVES: [RegExp, string, string][] = [
  [/^(?:unit |list |retail )?price$/, 'most expensive', 'cheapest'],
  [/^age$/, 'oldest', 'youngest'],
  [/^height$/, 'tallest', 'shortest'],
  [/^weight$/, 'heaviest', 'lightest'],
  [/^(?:length|duration)$/, 'longest', 'shortest'],
  [/^(?:size|area|capacity)$/, 'largest', 'smallest'],
  [/^salary$/, 'best paid', 'worst paid'],
  [/^(?:top )?speed$/, 'fastest', 'slowest'],
  [/^rating$/, 'best rated', 'worst rated'],
  [/^population$/, 'most populous', 'least populous'],
]
