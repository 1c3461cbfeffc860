import { pluralize, singularize } from 'inflection'
import { humanName } from '#core/format/human-name.ts'

/** A table's name as one thing and as many: order_items gives "order item" and "order items". */
export function nounOf(name: string): { one: string; many: string } {
  const all = humanName(name)
    .replace(/ (?:table|list|data|records?)$/, '')
    .split(' ')
  const last = all.at(-1) ?? ''
  const before = all
    .slice(0, -1)
    .map((word) => `${word === 'sales' ? word : singularize(word)} `)
    .join('')
  const one = UNCOUNTED.has(last) ? last : singularize(last)
  return { one: before + one, many: before + (UNCOUNTED.has(last) ? last : pluralize(one)) }
}

/** A column's name as people say it, without the table's name before it or the unit behind it. */
export function spokenColumn(column: string, table: string): string {
  const own = nounOf(table).one.split(' ')
  const parts = humanName(column)
    .replace(UNIT, '')
    .replace(/ codes?$/, '')
    .split(' ')
  if (/^state province/.test(parts.join(' '))) return 'state'
  const rest = own.every((word, index) => parts[index] === word) ? parts.slice(own.length) : parts
  return (rest.length > 0 ? rest : parts).join(' ')
}

/** Whether a name reads as words: letters only, none of them an abbreviation without vowels. */
export function isSpeakable(words: string): boolean {
  return /^[a-z]{3,}(?: [a-z]{2,}){0,2}$/.test(words) && words.split(' ').every((word) => /[aeiouy]/.test(word))
}

const UNIT =
  / (?:feet|ft|meters?|metres?|cm|mm|km|kg|lbs?|usd|eur|dollars?|knots|(?:in )?(?:billions?|millions?|thousands?|percent|pct))$/
const UNCOUNTED = new Set([
  'staff',
  'personnel',
  'equipment',
  'stock',
  'inventory',
  'merchandise',
  'weather',
  'faculty',
  'people',
  'feedback',
])
