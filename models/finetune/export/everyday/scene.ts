import type { ClockOptions } from '#core/periods/clock.ts'
import { findPeriods } from '#core/periods/find-periods.ts'
import { periodCondition } from '#core/periods/period-condition.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Column } from '#databases/schema/schema.ts'
import type { Wordings } from './everyday-family.ts'
import type { Facts, Thing } from './facts/read-facts.ts'
import { MONTH_NAMES, PERIODS, YEAR_COMPARISONS } from './words/periods.ts'
import { column } from './write-sql.ts'

/** A period as it is said, and what it means in SQL. */
export type SpokenPeriod = { said: string; date: Column; condition: string; hinted: boolean }

/** What a family writes from: the database's facts, random choices, the words of this part. */
export type Scene = {
  facts: Facts
  draws: Draws
  clock: ClockOptions
  heldOut: boolean
  /** One of the wordings with its slots filled. */
  say(wordings: Wordings, slots?: Record<string, string>): string
}

/** A scene over a database; `heldOut` says the words that nothing is trained on. */
export function createScene(parts: Pick<Scene, 'facts' | 'draws' | 'clock' | 'heldOut'>): Scene {
  const say: Scene['say'] = (wordings, slots = {}) => {
    const text = parts.draws.pick(parts.heldOut ? wordings.test : wordings.train)
    return tidied(text.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? ''))
  }
  return { ...parts, say }
}

/** Blanks of empty slots, words said twice ("company company type"), "a order". */
function tidied(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[?.,:]|$)/g, '')
    .replace(/\b([a-z]+) \1\b/g, '$1')
    .replace(/\b([Aa]) (?=(?!uni|use|eu|one)[aeiou])/g, '$1n ')
    .trim()
}

/** One of the things for which there is what a family needs. */
export function pickThing(scene: Scene, suits: (thing: Thing) => boolean): Thing | null {
  const found = scene.facts.things.filter(suits)
  return found.length > 0 ? scene.draws.pick(found) : null
}

/** A period on one of a thing's date columns; null where it has none. */
export function drawPeriod(scene: Scene, thing: Thing, words: Wordings = PERIODS): SpokenPeriod | null {
  if (thing.dates.length === 0) return null
  const date = scene.draws.pick(thing.dates)
  const year = drawYear(scene, date)
  if (date.dateFormat === 'year') {
    const { lead, operator } = scene.draws.pick(YEAR_COMPARISONS)
    const value = typeof date.values[0] === 'string' ? `'${year}'` : String(year)
    return {
      said: `${lead} ${year}`,
      date,
      condition: `${column(thing.table, date)} ${operator} ${value}`,
      hinted: false,
    }
  }
  const said = scene.say(words, {
    year: String(year),
    month: scene.draws.pick(MONTH_NAMES),
    day: String(scene.draws.whole(1, 28)),
    n: String(scene.draws.pick([2, 3, 6, 7, 10, 14])),
    quarter: String(scene.draws.whole(1, 4)),
  })
  return meaningOf(scene, thing, date, said)
}

/** Now and then a period that serving hints at, for queries over several tables. */
export function sometimesPeriod(scene: Scene, thing: Thing): SpokenPeriod | null {
  const drawn = scene.draws.chance(0.3) ? drawPeriod(scene, thing) : null
  return drawn?.hinted ? drawn : null
}

/** What a period means on a column; null where the words are not read as one period. */
export function meaningOf({ clock }: Scene, { table }: Thing, date: Column, said: string): SpokenPeriod | null {
  const [period, ...more] = findPeriods(said, clock)
  const condition = period && more.length === 0 ? periodCondition(table.name, date, period) : null
  return condition ? { said, date, condition, hinted: true } : null
}

/** A year of the data where that is known, else one of the last few. */
function drawYear({ draws, clock }: Scene, { range, dateFormat }: Column): number {
  const now = clock.now.getUTCFullYear()
  const [first, last] = [yearOf(range?.min, dateFormat), yearOf(range?.max, dateFormat)]
  const isKnown = first !== null && last !== null && last >= first && draws.chance(0.7)
  return isKnown ? draws.whole(first, last) : draws.whole(now - 4, now - 1)
}

function yearOf(value: unknown, format: Column['dateFormat']): number | null {
  const milliseconds =
    format === 'epoch-seconds' ? Number(value) * 1000 : format === 'epoch-milliseconds' ? Number(value) : null
  const year = milliseconds === null ? Number.parseInt(String(value), 10) : new Date(milliseconds).getUTCFullYear()
  return year >= 1900 && year <= 2100 ? year : null
}
