import { askSql, drawAggregate, headOf, narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing } from '../scene.ts'

/** "customers by country", "average price for each category" */
export const group: EverydayFamily = {
  name: 'group',
  draft(scene) {
    const { draws } = scene
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    if (!thing) return null
    const by = draws.pick(thing.categories)
    const what = drawAggregate(scene, thing, ['count', 'count', 'sum', 'avg', 'max', 'min'])
    const drawn = draws.chance(0.25) ? drawFilter(scene, thing) : null
    const filters = drawn && drawn.category.column !== by.column ? [drawn] : []
    const period = draws.chance(0.4) ? drawPeriod(scene, thing) : null
    const ask = { thing, what, filters, period, by }
    return {
      text: scene.say(what.kind === 'count' ? COUNTS : MEASURES, {
        things: narrowed(ask),
        head: headOf(scene, what),
        by: by.name,
      }),
      sql: askSql(ask),
      ...spokenParts(ask),
    }
  },
}

const COUNTS = {
  train: [
    'How many {things} are there for each {by}?',
    'Number of {things} per {by}',
    '{things} by {by}',
    'How many {things} per {by}?',
    'Count the {things} in each {by}',
    'Show the number of {things} by {by}',
    'What is the number of {things} for every {by}?',
  ],
  test: [
    'Break the {things} down by {by}',
    'For each {by}, how many {things} are there?',
    'How are the {things} distributed over {by}?',
  ],
}
const MEASURES = {
  train: [
    'What is the {head} of {things} for each {by}?',
    '{head} of {things} by {by}',
    '{head} per {by} of {things}',
    'Show the {head} of {things} per {by}',
    'What is the {head} of the {things} in each {by}?',
  ],
  test: ['For every {by}, give the {head} of {things}', 'Break down the {head} of {things} by {by}'],
}
