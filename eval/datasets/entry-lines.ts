/** The lines, counted from 1, on which the entries of a JSON list begin. The text is known to be valid JSON. */
export function entryLines(text: string): number[] {
  const lines: number[] = []
  let line = 1
  let depth = 0
  let between = false
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line += 1
    else {
      const begins: boolean = between && depth === 1 && token !== ']'
      if (begins) lines.push(line)
      depth += CHANGE[token] ?? 0
      between = depth === 1 && (token === ',' || token === '[') && !begins
    }
  }
  return lines
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[\n[\]{},]|[^\s"[\]{},]+/g

const CHANGE: Record<string, number> = { '[': 1, '{': 1, ']': -1, '}': -1 }
