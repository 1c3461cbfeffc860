import type { SqlValue } from '#databases/schema/schema.ts'
import { valueKey } from './value-key.ts'

/**
 * The reference's first look at two results (`quick_rej`): do the rows agree once the values within each are sorted? Equal results all
 * but always do. The exception is part of the score: values are sorted by Python's text of them, where 1 and 1.0 differ, so that a row of
 * 1 and 1.5 is another than one of 1.0 and 1.5.
 */
export function rowBagsMatch(expected: SqlValue[][], actual: SqlValue[][], ordered: boolean): boolean {
  const wanted = expected.map(bagKey)
  const got = actual.map(bagKey)
  if (ordered) return wanted.every((key, at) => key === got[at])
  const distinct = new Set(wanted)
  return got.every((key) => distinct.has(key)) && new Set(got).size === distinct.size
}

function bagKey(row: SqlValue[]): string {
  const cells = row.map((value) => ({ sortedBy: pythonText(value), key: valueKey(value) }))
  cells.sort((one, other) => (one.sortedBy < other.sortedBy ? -1 : Number(one.sortedBy > other.sortedBy)))
  return JSON.stringify(cells.map(({ key }) => key))
}

/** Python's `str(value) + str(type(value))`, as far as the order of texts depends on it. */
function pythonText(value: SqlValue): string {
  if (value === null) return "None<class 'NoneType'>"
  if (typeof value === 'string') return `${value.replaceAll('\ufffd', '')}<class 'str'>`
  if (typeof value === 'bigint') return `${value}<class 'int'>`
  if (typeof value === 'number') return `${pythonFloat(value)}<class 'float'>`
  return `b'${Buffer.from(value).toString('hex')}'<class 'bytes'>`
}

function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 16) return Number.isInteger(value) ? `${value}.0` : String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}
