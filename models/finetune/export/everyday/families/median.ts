import { quoteName } from '#core/sql/quote-name.ts'
import { bare } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { pickThing } from '../scene.ts'

/** "What is the median price of our products?": the middle value, or the mean of the middle two. */
export const median: EverydayFamily = {
  name: 'median',
  draft(scene) {
    const thing = pickThing(scene, ({ measures }) => measures.length > 0)
    if (!thing) return null
    const { column, name } = scene.draws.pick(thing.measures)
    const [table, value] = [quoteName(thing.table.name), bare(thing, column.name)]
    const middle = `LIMIT 2 - (SELECT count(${value}) FROM ${table}) % 2 OFFSET (SELECT (count(${value}) - 1) / 2 FROM ${table})`
    return {
      text: scene.say(WORDINGS, { measure: name, things: thing.many }),
      sql: `SELECT avg(${value}) FROM (SELECT ${value} FROM ${table} WHERE ${value} IS NOT NULL ORDER BY ${value} ${middle})`,
    }
  },
}

const WORDINGS = {
  train: [
    'What is the median {measure} of {things}?',
    'median {measure} of the {things}',
    'Show the median {measure} of all {things}',
    'Median {measure} across {things}?',
  ],
  test: [
    'Tell me the median of the {measure} over all {things}',
    'Half of the {things} have a {measure} above what value? (median)',
  ],
}
