import { createHash } from 'node:crypto'
import type { Table } from './schema.ts'

/** Hash over everything that a schema says, the same for the same database on any machine. */
export function hashSchema(tables: Table[]): string {
  return createHash('sha256').update(JSON.stringify(tables, writeValue)).digest('hex').slice(0, 32)
}

// JSON has no 64-bit integers and would write them like the text of the same digits.
function writeValue(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { integer: value.toString() } : value
}
