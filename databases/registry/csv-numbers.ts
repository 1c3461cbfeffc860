import type { Reading } from './csv-readings.ts'

// A number with leading zeros (a postal code) or a plus sign (a telephone number) is a name made of digits: text.
const whole = '-?(?:0|[1-9]\\d*)'
const exponent = '(?:[eE][+-]?\\d{1,3})?'
const plainInteger = new RegExp(`^${whole}$`)
const plainDecimal = new RegExp(`^(?:${whole}(?:\\.\\d+)?|-?\\.\\d+)${exponent}$`)
const pointNumber = new RegExp(`^(?:${whole}|-?[1-9]\\d{0,2}(?:[,' \\u00a0\\u202f]\\d{3})+)(?:\\.\\d+)?$`)
const commaNumber = new RegExp(`^(?:${whole}|-?[1-9]\\d{0,2}(?:[. \\u00a0\\u202f]\\d{3})+)(?:,\\d+)?$`)

/**
 * Ways to read numbers, the likeliest first. `1,234` is a thousand where commas part the columns, and 1.234 where
 * semicolons do, since programs write the latter where the comma is the decimal sign.
 */
export function numberReadings(delimiter: string): Reading[] {
  const local = delimiter === ';' ? [decimalComma, decimalPoint] : [decimalPoint, decimalComma]
  return [integer, decimal, ...local]
}

const integer: Reading = {
  type: 'INTEGER',
  fits: (text) => plainInteger.test(text) && text.length <= 20 && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
  convert: toInteger,
}

const decimal: Reading = { type: 'REAL', fits: (text) => plainDecimal.test(text), convert: Number }

const decimalPoint: Reading = {
  type: 'NUMERIC',
  fits: (text) => pointNumber.test(text),
  convert: (text) => toNumber(text.replace(/[,' \u00a0\u202f]/g, '')),
}

const decimalComma: Reading = {
  type: 'NUMERIC',
  fits: (text) => commaNumber.test(text),
  convert: (text) => toNumber(text.replace(/[. \u00a0\u202f]/g, '').replace(',', '.')),
}

function toNumber(text: string): number | bigint {
  return plainInteger.test(text) ? toInteger(text) : Number(text)
}

function toInteger(text: string): bigint {
  return BigInt.asIntN(64, BigInt(text))
}
