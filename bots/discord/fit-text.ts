import { fitEscaped } from '../reply/cut-text.ts'
import { escapeText } from './escape-text.ts'

/** Foreign text, escaped and no longer than `maxLength` with all its backslashes. */
export function fitText(text: string, maxLength: number): string {
  return fitEscaped(text, maxLength, escapeText)
}
