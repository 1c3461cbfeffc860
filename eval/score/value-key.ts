import type { SqlValue } from '#databases/schema/schema.ts'

/**
 * Text under which equal values, and only those, are the same: numbers by value, text and blobs by their own kind. The reference drops
 * bytes that are no UTF-8, where here they come as U+FFFD: that sign does not count.
 */
export function valueKey(value: SqlValue): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `t${value.replaceAll('\ufffd', '')}`
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('hex')}`
  return `n${Number.isInteger(value) ? BigInt(value as number) : value}`
}
