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

/** That something happened is no place, who answers for a thing no price, and the size of a basket what was put into it. */
const SAYINGS = new RegExp(
  [
    String.raw`\b(?:take|takes|took|taken|taking) place\b`,
    String.raw`\bin (?:charge|demand)\b`,
    String.raw`\bpeak(?= (?:hours?|times?|days?|weeks?|months?|seasons?|periods?)\b)`,
    String.raw`\blifetime(?= (?:value|spend|revenue|total)\b)`,
    String.raw`\b(?:dead|slow-moving)(?= stock\b)`,
    String.raw`(?<=\b(?:baskets?|carts?|orders?|purchases?|tickets?|class|classes|team|batch|group|deal|invoice) )sizes?\b`,
    String.raw`(?<=\b(?:payroll|salary|wages?|labou?r|staff) )(?:costs?|bill)\b`,
  ].join('|'),
  'gi',
)

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|“[^”]*”|(?<!\w)'[^']+'(?!\w)/g, ' ')
}
