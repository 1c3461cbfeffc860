import { shortText } from '../reply/fit-table.ts'
import { escapeText } from './escape-text.ts'

/** Foreign text, escaped and no longer than `maxLength` with all its backslashes; the last character is … where something is missing. */
export function fitText(text: string, maxLength: number): string {
  let characters = Math.min(maxLength, text.length)
  let fitted = escapeText(shortText(text, characters))
  while (fitted.length > maxLength && characters > 1) {
    characters = Math.floor(characters * Math.min(0.9, maxLength / fitted.length))
    fitted = escapeText(shortText(text, Math.max(1, characters)))
  }
  return fitted
}
