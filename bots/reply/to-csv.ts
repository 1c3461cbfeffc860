import type { Rows, SqlValue } from '#core/answer.ts'

/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled), header first. NULL is an empty field, an empty text `""`, a blob 0x and hex digits.
 * A text that a spreadsheet would take for a formula gets an apostrophe in front
 * (https://owasp.org/www-community/attacks/CSV_Injection); numbers, also those kept as text, stay as they are.
 */
export function toCsv({ columns, rows }: Pick<Rows, 'columns' | 'rows'>): string {
  const lines = [columns.map(textField).join(','), ...rows.map((row) => row.map(field).join(','))]
  return `${lines.join('\r\n')}\r\n`
}

function field(value: SqlValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return textField(value)
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`
  return String(value)
}

const formula = /^[\s\0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const plainNumber = /^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$/

function textField(text: string): string {
  const safe = (formula.test(text) || /^[\t\r\n]/.test(text)) && !plainNumber.test(text) ? `'${text}` : text
  return text === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
