import { visibleText } from '../reply/visible-text.ts'

/** Text that can do nothing to a terminal: no control character but the ends of lines takes effect, and nothing turns the reading direction. */
export function plainLines(text: string): string {
  return visibleText(text.replace(/\r\n?/g, '\n')).replaceAll('\t', '    ')
}
