import { quoteName } from '#core/sql/quote-name.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { pickThing } from '../scene.ts'
import { column, writeSql } from '../write-sql.ts'

/** "Which month had the most orders?": held out, as a new combination of known parts. */
export const busiest: EverydayFamily = {
  name: 'busiest-month',
  heldOut: true,
  draft(scene) {
    const thing = pickThing(scene, ({ dates }) => dates.some(isText))
    const date = thing?.dates.find(isText)
    if (!thing || !date) return null
    const isMost = scene.draws.chance(0.7)
    const month = `strftime('%Y-%m', ${column(thing.table, date)})`
    return {
      text: scene.say(WORDINGS, { things: thing.many, end: isMost ? 'most' : 'fewest' }),
      sql: writeSql({
        select: month,
        from: quoteName(thing.table.name),
        group: month,
        order: `count(*) ${isMost ? 'DESC' : 'ASC'}`,
        limit: 1,
      }),
    }
  },
}

function isText({ dateFormat }: { dateFormat?: string }): boolean {
  return dateFormat === 'date' || dateFormat === 'datetime'
}

const WORDINGS = {
  train: [],
  test: [
    'Counting {things} per month, which month had the {end}?',
    'By month, when were there the {end} {things}?',
    'month with the {end} {things}, by month',
  ],
}
