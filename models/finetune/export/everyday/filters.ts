import type { Spoken } from './facts/column-roles.ts'
import type { Thing } from './facts/read-facts.ts'
import type { Scene } from './scene.ts'
import { column, literal } from './write-sql.ts'

/** A condition on a value, as words before or behind the thing that is asked about. */
export type Filter = { before: string; after: string; short: string; said: string; category: Spoken; condition: string }

/** A condition on one of a thing's categories; null where none has values that can be said. */
export function drawFilter(scene: Scene, thing: Thing): Filter | null {
  const choices = thing.categories.filter(({ column: one }) => sayable(one.values).length > 1)
  if (choices.length === 0) return null
  const category = scene.draws.pick(choices)
  const value = scene.draws.pick(sayable(category.column.values))
  return filterBy(scene, thing, category, value)
}

/** The condition that a category has one value, said in one of several ways. */
export function filterBy(scene: Scene, thing: Thing, category: Spoken, value: string): Filter {
  const said = loosely(scene, value)
  const { name } = category
  const condition = `${column(thing.table, category.column)} = ${literal(value)}`
  const at = {
    said,
    category,
    condition,
    before: '',
    short: `${PLACES.test(name) ? 'in' : 'with'} ${PLACES.test(name) ? said : `${name} ${said}`}`,
  }
  const sex = /^(?:sex|gender)$/.test(name) && SEXES[value.toLowerCase()]
  if (sex) return { ...at, said: sex, before: sex, after: '', short: sex }
  if (PLACES.test(name))
    return { ...at, after: `${scene.draws.pick(scene.heldOut ? ['located in', 'of'] : ['in', 'from', 'in'])} ${said}` }
  if (ADJECTIVAL.test(name) && /^[a-z]{4,}$/i.test(value) && scene.draws.chance(0.5)) {
    return { ...at, said: said.toLowerCase(), before: said.toLowerCase(), after: '' }
  }
  const ways = scene.heldOut
    ? [`where the ${name} is ${said}`]
    : [`with ${name} ${said}`, `whose ${name} is ${said}`, `with the ${name} ${said}`]
  return { ...at, after: scene.draws.pick(ways) }
}

/** Values that people would type: short words, no codes with figures. */
export function sayable(values: unknown[]): string[] {
  return values.filter(
    (value): value is string =>
      typeof value === 'string' && /^[\p{L}][\p{L}.&' -]{0,28}$/u.test(value) && value === value.trim(),
  )
}

/** People drop capitals and accents. */
function loosely({ draws }: Scene, value: string): string {
  if (value.length < 3) return value
  const plain = draws.chance(0.3) ? value.normalize('NFD').replace(/\p{M}/gu, '') : value
  return draws.chance(0.3) ? plain.toLowerCase() : plain
}

const PLACES = /^(?:country|city|state|region|continent|county|town|location)$/
const ADJECTIVAL = /status|type|colou?r|result/
const SEXES: Record<string, string> = { m: 'male', f: 'female', male: 'male', female: 'female' }
