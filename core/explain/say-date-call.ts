import type { Call, Expression } from '#databases/gate/query.ts'
import type { Scope } from './scope.ts'
import type { Voice } from './voice.ts'

const PARTS = new Map([
  ['%Y', 'the year'],
  ['%m', 'the month of the year'],
  ['%d', 'the day of the month'],
  ['%H', 'the hour'],
  ['%M', 'the minute'],
  ['%w', 'the day of the week (0 for Sunday)'],
  ['%W', 'the week of the year'],
  ['%j', 'the day of the year'],
  ['%Y-%m', 'the month'],
  ['%Y-%W', 'the week'],
  ['%Y-%m-%d', 'the date'],
  ['%s', 'the seconds since 1970'],
])
const STEP = /^([+-]?)\s*(\d+(?:\.\d+)?)\s+(second|minute|hour|day|month|year)s?$/i
const START = /^start of (day|month|year)$/i

/** A noun phrase for SQLite's date functions; null for other functions and for what cannot be said with certainty. */
export function sayDateCall(voice: Voice, call: Call, scope: Scope): string | null {
  if (call.distinct) return null
  const texts = call.args.map((arg) => (arg.kind === 'literal' && typeof arg.value === 'string' ? arg.value : null))
  if (call.name === 'strftime') {
    const part = PARTS.get(texts[0] ?? '')
    const moment = momentOf(voice, call.args.slice(1), texts.slice(1), scope)
    return part && moment ? `${part} of ${moment}` : null
  }
  if (call.name === 'julianday') {
    const moment = momentOf(voice, call.args, texts, scope)
    return moment && `the day number of ${moment}`
  }
  if (call.name === 'current_date') return 'today'
  if (call.name === 'current_timestamp') return 'now'
  if (call.name !== 'date' && call.name !== 'datetime') return null
  const moment = momentOf(voice, call.args, texts, scope)
  if (!moment || call.name === 'datetime') return moment
  return moment.startsWith('now') ? moment.replace('now', 'today') : moment.replace(/ before now$/, ' before today')
}

/** What date('now', '-30 days') is about: a value and the steps away from it. */
function momentOf(voice: Voice, args: Expression[], texts: (string | null)[], scope: Scope): string | null {
  const [value, ...modifiers] = args
  if (!value) return 'now'
  const base = texts[0] === 'now' ? 'now' : voice.value(value, scope)
  return modifiers.reduce<string | null>((words, _, index) => words && modified(words, texts[index + 1] ?? null), base)
}

function modified(words: string, modifier: string | null): string | null {
  if (modifier === null) return null
  const [, sign, count, unit] = STEP.exec(modifier) ?? []
  if (count && unit)
    return `${count} ${unit.toLowerCase()}${count === '1' ? '' : 's'} ${sign === '-' ? 'before' : 'after'} ${words}`
  const [, whole] = START.exec(modifier) ?? []
  if (whole) return `the start of the ${whole.toLowerCase()} of ${words}`
  if (/^localtime$/i.test(modifier)) return words
  if (/^unixepoch$/i.test(modifier) || /^auto$/i.test(modifier)) return words
  return null
}
