import { quoteName } from '#core/sql/quote-name.ts'
import { bare } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { pickThing } from '../scene.ts'
import { writeSql } from '../write-sql.ts'

/** "all products that share the highest price": everyone at the top, however many. */
export const topTies: EverydayFamily = {
  name: 'top-ties',
  draft(scene) {
    const thing = pickThing(scene, ({ measures, label }) => measures.length > 0 && label.length > 0)
    if (!thing) return null
    const { column, name } = scene.draws.pick(thing.measures)
    const isMost = scene.draws.chance(0.7)
    const table = quoteName(thing.table.name)
    const measured = bare(thing, column.name)
    return {
      text: scene.say(WORDINGS, { things: thing.many, measure: name, end: isMost ? 'highest' : 'lowest' }),
      sql: writeSql({
        select: thing.label.map((part) => quoteName(part.name)).join(', '),
        from: table,
        where: [`${measured} = (SELECT ${isMost ? 'max' : 'min'}(${measured}) FROM ${table})`],
      }),
    }
  },
}

const WORDINGS = {
  train: [
    'All {things} that share the {end} {measure}',
    'Which {things} have the {end} {measure}? Include ties',
    'List every one of the {things} with the {end} {measure}',
    'Show all {things} that have the {end} {measure}',
    '{things} with the {end} {measure}, ties included',
  ],
  test: [
    'Name all the {things} tied for the {end} {measure}',
    'every one of the {things} whose {measure} equals the {end} {measure}',
  ],
}
