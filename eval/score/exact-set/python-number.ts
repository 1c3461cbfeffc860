/** The number that Python's float() makes of a word; null where it makes none. */
export function pythonNumber(word: string): number | null {
  if (/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i.test(word)) {
    return Number(word.replaceAll('_', ''))
  }
  const named = /^[+-]?(inf|infinity|nan)$/.exec(word)
  return named === null ? null : Number.NaN
}
