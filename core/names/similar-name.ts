/**
 * How alike two names are, from 0 to 1: letters (edit distance) or words (`cust_id` and `customerId`), whichever is nearer. Case, underscores
 * and a plural ending do not count.
 */
export function similarity(left: string, right: string): number {
  const [a, b] = [words(left), words(right)]
  const [plainA, plainB] = [a.join(''), b.join('')]
  if (plainA === plainB) return 1
  const letters = 1 - editDistance(plainA, plainB) / Math.max(plainA.length, plainB.length, 1)
  return Math.max(letters * 0.95, sharedWords(a, b))
}

/** The names in order of their likeness to `name`, nearest first. */
export function nearestFirst(name: string, candidates: Iterable<string>): { name: string; score: number }[] {
  return [...new Set(candidates)]
    .map((candidate) => ({ name: candidate, score: similarity(name, candidate) }))
    .sort((one, other) => other.score - one.score)
}

/** `singerID` and `singer_id` are both ["singer", "id"]; a plural "s" falls away. */
export function words(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll}{2})/gu, '$1$3 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => singular(word))
}

/** A word without its plural's ending ("categories", "movies"); words that merely end in an s stay ("status", "class", "series"). */
export function singular(word: string): string {
  if (/^(?:series|species)$/.test(word)) return word
  if (word.length > 4 && word.endsWith('ies'))
    return ENDING_IN_IE.test(word) ? word.slice(0, -1) : `${word.slice(0, -3)}y`
  if (word.length > 4 && /(?:ss|sh|ch|x|(?:stat|b|bon|vir|camp|cens)us)es$/.test(word)) return word.slice(0, -2)
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word
}

/** Nouns whose singular ends in "ie", a small class that no rule tells from the many in "y". */
const ENDING_IN_IE =
  /^(?:birdie|bookie|boogie|brownie|budgie|caddie|calorie|collie|cookie|foodie|genie|goalie|hippie|hoodie|indie|junkie|lingerie|magpie|menagerie|movie|necktie|newbie|pixie|prairie|rookie|selfie|smoothie|sortie|talkie|veggie|zombie)s$/

/** Share of common words; more where all words of one name are in the other, and the more of it they are. */
function sharedWords(a: string[], b: string[]): number {
  const common = a.filter((word) => b.includes(word)).length
  if (common === 0) return 0
  const contained = common === Math.min(a.length, b.length) ? 0.6 + (0.3 * common) / Math.max(a.length, b.length) : 0
  return Math.max((2 * common) / (a.length + b.length), contained) * 0.95
}

export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
