/** A question without what it quotes, without the stretches that something else accounts for, and without sayings in which nouns name no thing. */
export function tellingText(question: string, accounted: string[]): string {
  return [...accounted]
    .sort((one, other) => other.length - one.length)
    .reduce((text, part) => (part ? text.replaceAll(part, ' ') : text), withoutQuotes(question).replace(SAYINGS, ' '))
}

/** That something happened is no place, and who answers for a thing no price. */
const SAYINGS = /\b(?:take|takes|took|taken|taking) place\b|\bin charge\b/gi

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|“[^”]*”|(?<!\w)'[^']+'(?!\w)/g, ' ')
}
