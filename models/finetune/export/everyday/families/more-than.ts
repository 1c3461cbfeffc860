import { quoteName } from '#core/sql/quote-name.ts'
import { bare } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { pickThing } from '../scene.ts'
import { writeSql } from '../write-sql.ts'

/** "How many products have a price above 100?" */
export const moreThan: EverydayFamily = {
  name: 'more-than',
  draft(scene) {
    const { draws } = scene
    const thing = pickThing(scene, ({ measures }) => measures.length > 0)
    if (!thing) return null
    const { column, name } = draws.pick(thing.measures)
    const [low, high] = [Number(column.range?.min ?? 1), Number(column.range?.max ?? 100)]
    const n = rounded(low + (high - low) * draws.pick([0.2, 0.4, 0.5, 0.7]))
    const [operator, said] = draws.pick([
      ['>', 'above'],
      ['>', 'more than'],
      ['<', 'below'],
      ['>=', 'at least'],
      ['<', 'under'],
      ['<=', 'at most'],
    ] as const)
    const lists = thing.label.length > 0 && draws.chance(0.5)
    return {
      text: scene.say(lists ? LISTED : COUNTED, { things: thing.many, measure: name, than: `${said} ${n}` }),
      sql: writeSql({
        select: lists ? thing.label.map((part) => quoteName(part.name)).join(', ') : 'count(*)',
        from: quoteName(thing.table.name),
        where: [`${bare(thing, column.name)} ${operator} ${n}`],
      }),
    }
  },
}

/** "products pricier than average": held out, so that tests see a new combination of known parts. */
export const aboveAverage: EverydayFamily = {
  name: 'above-average',
  heldOut: true,
  draft(scene) {
    const thing = pickThing(scene, ({ measures, label }) => measures.length > 0 && label.length > 0)
    if (!thing) return null
    const { column, name } = scene.draws.pick(thing.measures)
    const isAbove = scene.draws.chance(0.6)
    const [table, value] = [quoteName(thing.table.name), bare(thing, column.name)]
    return {
      text: scene.say(AVERAGES, { things: thing.many, measure: name, side: isAbove ? 'above' : 'below' }),
      sql: writeSql({
        select: thing.label.map((part) => quoteName(part.name)).join(', '),
        from: table,
        where: [`${value} ${isAbove ? '>' : '<'} (SELECT avg(${value}) FROM ${table})`],
      }),
    }
  },
}

/** To one or two figures, as people say numbers. */
function rounded(value: number): number {
  const unit = 10 ** Math.max(Math.floor(Math.log10(Math.max(Math.abs(value), 1))) - 1, 0)
  return Math.round(value / unit) * unit
}

const COUNTED = {
  train: [
    'How many {things} have a {measure} of {than}?',
    'Number of {things} with {measure} {than}',
    'how many {things} with a {measure} {than}',
    'Count the {things} whose {measure} is {than}',
  ],
  test: ['How many of our {things} come with a {measure} {than}?'],
}
const LISTED = {
  train: [
    'Which {things} have a {measure} of {than}?',
    'List the {things} with a {measure} {than}',
    '{things} with {measure} {than}',
    'Show the names of {things} whose {measure} is {than}',
  ],
  test: ['Name those {things} where the {measure} is {than}'],
}
const AVERAGES = {
  train: [],
  test: [
    'Which {things} have a {measure} {side} average?',
    '{things} with a {side} average {measure}',
    'List the {things} whose {measure} is {side} the average',
    'Show {things} with {measure} {side} the mean',
  ],
}
