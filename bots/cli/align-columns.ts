import stringWidth from 'string-width'
import { plainLines } from './plain-lines.ts'

/** Lines of texts in aligned columns, each line indented by so many spaces. */
export function alignColumns(lines: string[][], { indent = 0 } = {}): string {
  const texts = lines.map((line) => line.map((text) => plainLines(text).replaceAll('\n', ' ')))
  const widths: number[] = []
  for (const line of texts)
    for (const [at, text] of line.entries()) widths[at] = Math.max(widths[at] ?? 0, stringWidth(text))
  const pad = (text: string, at: number) => text + ' '.repeat((widths[at] ?? 0) - stringWidth(text))
  const aligned = texts.map((line) => `${' '.repeat(indent)}${line.map(pad).join('  ')}`.trimEnd())
  return aligned.map((line) => `${line}\n`).join('')
}
