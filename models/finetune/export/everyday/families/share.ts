import { quoteName } from '#core/sql/quote-name.ts'
import { bare, conditionsOf, narrowed } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing } from '../scene.ts'
import { writeSql } from '../write-sql.ts'

/** "What percentage of orders is cancelled?" */
export const share: EverydayFamily = {
  name: 'share',
  draft(scene) {
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    const filter = thing && drawFilter(scene, thing)
    if (!thing || !filter) return null
    const period = scene.draws.chance(0.35) ? drawPeriod(scene, thing) : null
    const [condition] = conditionsOf(thing, [filter], period)
    return {
      text: scene.say(WORDINGS, {
        things: thing.many,
        column: filter.category.name,
        value: filter.said,
        narrowed: narrowed({ thing, filters: [filter] }),
        period: period?.said ?? '',
      }),
      sql: writeSql({
        select: `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END) * 100.0 / count(*)`,
        from: quoteName(thing.table.name),
        where: conditionsOf(thing, [], period),
      }),
      verbatim: [filter.said, period?.said ?? ''],
      periods: period?.hinted ? [period.condition] : [],
    }
  },
}

/** "share of each status among the orders" */
export const shareOfEach: EverydayFamily = {
  name: 'share-of-each',
  draft(scene) {
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    if (!thing) return null
    const by = scene.draws.pick(thing.categories)
    const [table, column] = [quoteName(thing.table.name), bare(thing, by.column.name)]
    return {
      text: scene.say(EACH, { things: thing.many, by: by.name }),
      sql: writeSql({
        select: `${column}, count(*) * 100.0 / (SELECT count(*) FROM ${table})`,
        from: table,
        group: column,
      }),
    }
  },
}

const WORDINGS = {
  train: [
    'What percentage of {things} {period} has the {column} {value}?',
    'Share of {things} with {column} {value} {period}',
    'What share of {things} are {narrowed} {period}?',
    'percentage of {things} with {column} {value} {period}',
    'How many percent of the {things} {period} have {column} {value}?',
  ],
  test: [
    'What proportion of {things} {period} has {column} {value}?',
    '% of {things} where {column} is {value} {period}',
  ],
}
const EACH = {
  train: [
    'What percentage of {things} does each {by} make up?',
    'Share of {things} by {by} in percent',
    'percentage of {things} per {by}',
    'What share of the {things} falls to each {by}?',
    'Show each {by} with its percentage of all {things}',
  ],
  test: ['How do the {things} split by {by}, in percent?', 'proportion of {things} for every {by} as a percentage'],
}
