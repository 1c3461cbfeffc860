import type { Rows } from '../sandbox/query-outcome.ts'

/** How much of each result is kept beside its question. */
export type KeepLimits = { rows: number; bytes: number }

/**
 * JSON text of plain data, in which 64-bit integers, bytes and infinities survive. Wherever a result (`kind: 'rows'`) stands in it, only
 * its first rows are kept, up to both limits, since results belong to the database and not to us.
 */
export function toKeptJson(value: unknown, limits: KeepLimits): string {
  return JSON.stringify(encode(value, limits))
}

/** What `toKeptJson` was given, but for the rows that were not kept. */
export function fromKeptJson(json: string): unknown {
  return decode(JSON.parse(json))
}

/** Marks the objects that stand for what JSON lacks; an object of the caller's own with this key is wrapped. */
const TAG = '$kept'

function encode(value: unknown, limits: KeepLimits): unknown {
  if (typeof value === 'bigint') return { [TAG]: 'integer', text: value.toString() }
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [TAG]: 'number', text: String(value) }
  if (value instanceof Uint8Array) return { [TAG]: 'bytes', text: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map((one) => encode(one, limits))
  if (typeof value !== 'object' || value === null) return value
  const plain = isRows(value) ? { ...value, rows: firstRows(value.rows, limits) } : value
  const encoded = Object.fromEntries(Object.entries(plain).map(([key, one]) => [key, encode(one, limits)]))
  return TAG in plain ? { [TAG]: 'object', value: encoded } : encoded
}

function isRows(value: object): value is Rows {
  return 'kind' in value && value.kind === 'rows' && 'columns' in value && 'rows' in value && Array.isArray(value.rows)
}

function firstRows(rows: Rows['rows'], { rows: most, bytes }: KeepLimits): Rows['rows'] {
  let left = bytes
  const kept: Rows['rows'] = []
  for (const row of rows.slice(0, most)) {
    left -= row.reduce((size: number, cell) => size + sizeOf(cell), 0)
    if (left < 0) break
    kept.push(row)
  }
  return kept
}

function sizeOf(cell: unknown): number {
  return typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (typeof value !== 'object' || value === null) return value
  if (!(TAG in value)) return decodeEntries(value)
  const tagged = value as { [TAG]: unknown; text: string; value: object }
  switch (tagged[TAG]) {
    case 'integer':
      return BigInt(tagged.text)
    case 'number':
      return Number(tagged.text)
    case 'bytes':
      return new Uint8Array(Buffer.from(tagged.text, 'base64'))
    default:
      return decodeEntries(tagged.value)
  }
}

function decodeEntries(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, decode(one)]))
}
