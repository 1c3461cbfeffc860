/** A source of chance that gives the same from the same seed (mulberry32, by Tommy Ettinger). */
export type Dice = {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<Item>(items: readonly Item[]): Item
  /** A name that means nothing. */
  word(): string
  /** The same text in another mix of capital and small letters. */
  recased(text: string): string
  /** The same text with other space, or comments, where it has spaces. */
  respaced(text: string): string
}

export function makeDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const pick = <Item>(items: readonly Item[]): Item => items[between(0, items.length - 1)] as Item
  const word = () => Array.from({ length: between(3, 8) }, () => pick([...'abcdefghijklmnopqrstuvwxyz'])).join('')
  const spaces = [' ', '\n', '\t', '  ', '/**/', `/* ${word()} */`, `-- ${word()}\n`, '\r\n', '\f']
  return {
    between,
    pick,
    word,
    recased: (text) => [...text].map((letter) => (next() < 0.5 ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    respaced: (text) => text.replace(/ /g, () => pick(spaces)),
  }
}
