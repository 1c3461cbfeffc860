/** The lines of a text as Python reads them, without blanks around them. */
export function pythonLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => line.trim())
}

/** Lines between blank ones, as the reference groups the turns of a conversation. A blank line ends a group, be it empty. */
export function sessionsOf(lines: string[]): string[][] {
  const sessions: string[][] = []
  let current: string[] = []
  for (const line of lines) {
    if (line !== '') current.push(line)
    else {
      sessions.push(current)
      current = []
    }
  }
  return current.length > 0 ? [...sessions, current] : sessions
}
