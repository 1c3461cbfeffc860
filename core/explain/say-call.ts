import type { Call, Expression } from '#databases/gate/query.ts'
import { humanName } from '../format/human-name.ts'
import { isUnique } from '../sql/key-link.ts'
import { columnOf, ownerOf, type QueryScope } from '../sql/query-scope.ts'
import { mayReadNull } from './null-values.ts'
import { sayDateCall } from './say-date-call.ts'
import { sayWindow } from './say-window.ts'
import { kindOf } from './value-kind.ts'
import { listed, type Voice } from './voice.ts'

/** A noun phrase for a function: "the number of different cities", "the year of order date". */
export function sayCall(voice: Voice, call: Call, scope: QueryScope): string {
  const words = wordsOf(voice, call, scope)
  const kept = call.filter ? ` (only where ${voice.condition(call.filter, scope)})` : ''
  return call.window ? sayWindow(voice, call, call.window, words, scope) + kept : words + kept
}

function wordsOf(voice: Voice, call: Call, scope: QueryScope): string {
  if (AGGREGATES.has(call.name) && (call.args.length === 1 || call.name === 'group_concat' || call.name === 'count')) {
    return sayAggregate(voice, call, scope)
  }
  const dates = sayDateCall(voice, call, scope)
  if (dates) return dates
  const phrase = PHRASES.get(`${call.name}/${call.args.length}`) ?? PHRASES.get(call.name)
  const args = call.args.map((arg) => voice.value(arg, scope))
  if (phrase && !call.distinct) return phrase(...args)
  return args.length > 0
    ? `the function ${humanName(call.name)} of ${listed(args)}`
    : `the function ${humanName(call.name)}`
}

const AGGREGATES = new Set(['count', 'sum', 'total', 'avg', 'min', 'max', 'group_concat', 'string_agg'])

function sayAggregate(voice: Voice, call: Call, scope: QueryScope): string {
  const [argument] = call.args
  if (!argument || argument.kind === 'star') return 'the number of rows'
  const value = bracketed(voice, argument, scope)
  const of = call.distinct ? `the different values of ${value}` : value
  switch (call.name) {
    case 'count':
      return sayCount(voice, call, argument, scope)
    case 'sum':
    case 'total':
      return `the total of ${of}`
    case 'avg':
      return `the average of ${of}`
    case 'min':
    case 'max':
      return `the ${extreme(call.name, argument, scope)} ${value}`
    default:
      return `the list of ${unjoined(voice, argument, scope, call.distinct)}`
  }
}

function bracketed(voice: Voice, expression: Expression, scope: QueryScope): string {
  const words = voice.value(expression, scope)
  return expression.kind === 'arithmetic' && !words.endsWith(')') ? `(${words})` : words
}

function sayCount(voice: Voice, call: Call, argument: Expression, scope: QueryScope): string {
  const owner = argument.kind === 'column' ? ownerOf(argument, scope) : null
  const isKey = argument.kind === 'column' && owner !== null && isUnique(owner.table, argument.name)
  if (call.distinct) {
    return isKey && owner
      ? `the number of different ${owner.words}`
      : `the number of different values of ${voice.value(argument, scope)}`
  }
  if (argument.kind === 'literal' || (columnOf(argument, scope) && !mayReadNull(argument, scope)))
    return 'the number of rows'
  if (isKey && owner?.optional) return `the number of rows with ${owner.words}`
  return `the number of rows with a value in ${voice.value(argument, scope)}`
}

/** "highest", "latest" or, for text, "last in the alphabet". */
function extreme(name: 'min' | 'max', argument: Expression, scope: QueryScope): string {
  const isMax = name === 'max'
  switch (kindOf(argument, scope)) {
    case 'date':
      return isMax ? 'latest' : 'earliest'
    case 'text':
      return isMax ? 'alphabetically last' : 'alphabetically first'
    default:
      return isMax ? 'highest' : 'lowest'
  }
}

/** The parser joins the values of group_concat with their separator. */
function unjoined(voice: Voice, argument: Expression, scope: QueryScope, distinct: boolean): string {
  const [values] = argument.kind === 'call' && argument.name === 'concat' ? argument.args : [argument]
  const words = voice.value(values ?? argument, scope)
  return distinct ? `the different values of ${words}` : words
}

type Phrase = (...args: string[]) => string

const PHRASES = new Map<string, Phrase>([
  ['round/1', (x) => `${x} rounded to a whole number`],
  ['round/2', (x, digits) => `${x} rounded to ${digits} decimals`],
  ['abs/1', (x) => `${x} without its sign`],
  ['length/1', (x) => `the length of ${x}`],
  ['lower/1', (x) => `${x} in lower case`],
  ['upper/1', (x) => `${x} in upper case`],
  ['trim/1', (x) => `${x} without blanks around it`],
  ['ltrim/1', (x) => `${x} without blanks before it`],
  ['rtrim/1', (x) => `${x} without blanks after it`],
  ['substr/2', (x, from) => `${x} from character ${from} on`],
  ['substr/3', part],
  ['replace/3', (x, old, replacement) => `${x} with ${old} replaced by ${replacement}`],
  ['instr/2', (x, part) => `the position of ${part} in ${x}`],
  ['nullif/2', (x, none) => `${x} (no value where it is ${none})`],
  [
    'iif/3',
    (condition, then, otherwise) => `(${then} if ${condition.replace(/^whether /, '')}, otherwise ${otherwise})`,
  ],
  ['min', (...args) => `the lowest of ${listed(args)}`],
  ['max', (...args) => `the highest of ${listed(args)}`],
  ['coalesce', firstKnown],
  ['ifnull', firstKnown],
  ['concat', (...args) => args.join(' followed by ')],
  ['random/0', () => 'a random number'],
  ['typeof/1', (x) => `the type of ${x}`],
  ['sqrt/1', (x) => `the square root of ${x}`],
  ['power/2', (x, exponent) => `${x} to the power of ${exponent}`],
  ['pow/2', (x, exponent) => `${x} to the power of ${exponent}`],
  ['row_number/0', () => 'the position'],
  ['rank/0', () => 'the rank (ties share one)'],
  ['dense_rank/0', () => 'the rank (ties share one, none is skipped)'],
  ['ntile/1', (n) => `the number of its part when split into ${n} equal parts`],
  ['lag/1', (x) => `${x} of the row before`],
  ['lead/1', (x) => `${x} of the next row`],
  ['lag/2', (x, n) => `${x} of the row ${n} before`],
  ['lead/2', (x, n) => `${x} of the row ${n} after`],
  ['first_value/1', (x) => `the first ${x}`],
  ['last_value/1', (x) => `the last ${x}`],
  ['null_safe_neq/2', (x, y) => `whether ${x} differs from ${y} (having no value counts)`],
])

function part(x = '', from = '', length = ''): string {
  if (from !== '1') return `${length} characters of ${x} from number ${from} on`
  return length === '1' ? `the first character of ${x}` : `the first ${length} characters of ${x}`
}

function firstKnown(value = '', ...others: string[]): string {
  return `${value} (${others.join(', or ')} where it has no value)`
}
