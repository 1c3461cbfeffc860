/** Longest text of a comment or definition that is shown to the model. */
const LONGEST = 120

/** Text that people wrote into a schema or glossary, cut to one line so that it cannot pass for another part of the prompt. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST)
}
