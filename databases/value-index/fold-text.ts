/**
 * Text as it is compared: lower case, without accents. Umlauts have a second form as they are typed without an umlaut
 * key, so that both `Munchen` and `Muenchen` find `München`.
 */
export function foldText(text: string): string[] {
  const plain = strip(text)
  const spelt = strip(
    text.normalize('NFC').replace(/[äöüåøÄÖÜÅØ]/g, (letter) => spelled[letter.toLowerCase()] ?? letter),
  )
  return plain === spelt ? [plain] : [plain, spelt]
}

/** A word of a text, where it stands, and its folded forms. */
export type Word = { raw: string; start: number; end: number; forms: string[] }

/** The words of a text: runs of letters and digits. */
export function splitText(text: string, maxWords: number): Word[] {
  const words: Word[] = []
  for (const { 0: raw, index } of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (words.length === maxWords) break
    words.push({ raw, start: index, end: index + raw.length, forms: foldText(raw) })
  }
  return words
}

const spelled: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
const ligatures: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

function strip(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => ligatures[letter] ?? letter)
}
