/**
 * The text as it can be shown anywhere: control characters become their pictures (␀ … ␡), characters that turn the reading
 * direction of what follows become U+FFFD, broken UTF-16 is repaired. Line breaks and tabs stay.
 */
export function visibleText(text: string): string {
  return text.toWellFormed().replace(hidden, (character) => picture(character.codePointAt(0) ?? 0))
}

// C0 without tab, line feed and carriage return; DEL and C1; embeddings, overrides and isolates of bidirectional text; line and paragraph separators.
const hidden = /[^\P{Cc}\t\n\r]|[\u2028-\u202e\u2066-\u2069]/gu

function picture(code: number): string {
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}
