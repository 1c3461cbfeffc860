/**
 * Foreign text (a name, a value, a question) on one line, without what could disguise it: control characters, marks that
 * turn the direction of writing, characters of no width. Blanks stay, since they are part of a value. Longer text ends in "…".
 */
export function plainText(text: string, maxLength = 200): string {
  const visible = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, (character) => (isJoiner(character) ? character : ''))
  const characters = [...visible]
  return characters.length <= maxLength ? visible : `${characters.slice(0, maxLength - 1).join('')}…`
}

/** The zero-width joiner holds emoji and Indic letters together. */
function isJoiner(character: string): boolean {
  return character === '\u200d' || character === '\u200c'
}
