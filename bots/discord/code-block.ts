/** Text in monospace. Runs of back-ticks are broken up by an invisible mark, since three of them would end the block. */
export function codeBlock(text: string, language = ''): string {
  return `${FENCE}${language}\n${unfenced(text)}\n${FENCE}`
}

/** How long `codeBlock` makes a text, without making it. */
export function codeBlockLength(text: string, language = ''): number {
  return unfenced(text).length + language.length + 2 * FENCE.length + 2
}

const FENCE = '```'

function unfenced(text: string): string {
  return text.replace(/`(?=`)|`$/g, '`\u200e')
}
