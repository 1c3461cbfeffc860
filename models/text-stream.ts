/** Text that grows token by token and is passed on only as far as it can no longer change. */
export type TextStream = {
  /** Takes all the text so far. True once one of the stop texts is in it: nothing after it counts. */
  update(textSoFar: string): boolean
  /** The final text, before any stop text; what was still held back is passed on. */
  finish(): string
}

/** U+FFFD at the end is a character whose other bytes are still to come. */
const UNFINISHED_CHARACTER = /\uFFFD+$/

/** `onText` gets pieces that never split a character and never show the beginning of a stop text. */
export function createTextStream(stop: string[], onText?: (piece: string) => void): TextStream {
  let text = ''
  let sent = 0
  let stopped = false

  const send = (upTo: number) => {
    if (upTo <= sent) return
    onText?.(text.slice(sent, upTo))
    sent = upTo
  }

  return {
    update(textSoFar) {
      if (stopped) return true
      const end = firstStop(textSoFar, stop)
      stopped = end !== -1
      text = stopped ? textSoFar.slice(0, end) : textSoFar
      send(stopped ? text.length : safeLength(text, stop))
      return stopped
    },
    finish() {
      send(text.length)
      return text
    },
  }
}

function firstStop(text: string, stop: string[]): number {
  const found = stop.map((one) => text.indexOf(one)).filter((index) => index !== -1)
  return found.length === 0 ? -1 : Math.min(...found)
}

function safeLength(text: string, stop: string[]): number {
  const whole = text.replace(UNFINISHED_CHARACTER, '')
  const held = Math.max(0, ...stop.map((one) => beginningAtEnd(whole, one)))
  return whole.length - held
}

/** Length of the longest beginning of `stop` with which `text` ends. */
function beginningAtEnd(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length--)
    if (text.endsWith(stop.slice(0, length))) return length
  return 0
}
