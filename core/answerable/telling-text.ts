/** A question without what it quotes, without the stretches that something else accounts for, and without sayings in which nouns name no thing. */
export function tellingText(question: string, accounted: string[]): string {
  return [...accounted]
    .sort((one, other) => other.length - one.length)
    .reduce((text, part) => (part ? withoutPart(text, part) : text), withoutQuotes(question).replace(SAYINGS, ' '))
}

/** Only where it stands as a word of its own: "wine" is no part of "winery". */
function withoutPart(text: string, part: string): string {
  return text
    .split(part)
    .reduce(
      (before, after) =>
        `${before}${/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after) ? part : ' '}${after}`,
    )
}

/** That something happened is no place, and who answers for a thing no price. */
const SAYINGS = /\b(?:take|takes|took|taken|taking) place\b|\bin charge\b/gi

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|“[^”]*”|(?<!\w)'[^']+'(?!\w)/g, ' ')
}
