/** A question in a form that is equal where only case, blanks and punctuation differ. */
export function normalQuestion(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[?!.,;:"“”„«»]+(?=\s|$)|(?<=^|\s)["“”„«»]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
