import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const SIZE = /^(\d{1,15}(?:\.\d{1,3})?)\s*([KMGT]?)i?B?$/i
const UNITS = ['', 'K', 'M', 'G', 'T']

/** A whole number, as a number or as its digits: variables are always text. */
export function wholeNumber(min: number, max: number) {
  const digits = z
    .string()
    .trim()
    .regex(/^\d{1,15}$/)
    .transform(Number)
  return z.union([z.number(), digits]).pipe(z.number().int().min(min).max(max))
}

/** A size: a number of bytes, or a text such as 512MB or 1.5GB (powers of 1024). */
export function bytes(min: string, max: string) {
  const size = z
    .string()
    .trim()
    .regex(SIZE)
    .transform((text) => sizeInBytes(text))
  return z.union([z.number(), size]).pipe(z.number().int().min(sizeInBytes(min)).max(sizeInBytes(max)))
}

function sizeInBytes(text: string): number {
  const [, number = '', unit = ''] = SIZE.exec(text) ?? []
  return Math.round(Number(number) * 1024 ** UNITS.indexOf(unit.toUpperCase()))
}

/** A list of words, as a list or as a text in which blanks or commas part them. */
export function names() {
  const listed = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))
  return z.union([z.array(z.string().min(1)), listed])
}

export function autoOr<Schema extends z.ZodType>(schema: Schema) {
  return z.union([z.literal('auto'), schema])
}

export function filePath() {
  return z
    .string()
    .trim()
    .min(1)
    .refine((path) => !path.includes('\0'))
    .transform(absolute)
}

export function webAddress() {
  return z
    .string()
    .trim()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
    .transform((text) => text.replace(/\/+$/, ''))
}

/** An absolute path; a leading ~ is the home folder of the user, as in a shell. */
function absolute(path: string): string {
  return resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path)
}

export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

export function isLocale(text: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(text).length > 0
  } catch {
    return false
  }
}

/** A system without a language (LANG=C) reports en-US-u-va-posix, which writes numbers without separators. */
export function systemLocale(): string {
  const { locale } = Intl.DateTimeFormat().resolvedOptions()
  return locale.includes('posix') ? 'en-US' : locale
}
