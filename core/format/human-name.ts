import { plainText } from './plain-text.ts'

/** A table's or column's name as words: order_items and OrderItems become "order items". */
export function humanName(name: string): string {
  const words = plainText(name)
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
    .replace(/_+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
  return words || 'a column without a name'
}
