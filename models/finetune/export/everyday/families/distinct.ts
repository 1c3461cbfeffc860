import { quoteName } from '#core/sql/quote-name.ts'
import { bare, conditionsOf, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawPeriod, pickThing } from '../scene.ts'
import { writeSql } from '../write-sql.ts'
import { pickLink } from './never.ts'

/** "How many different countries do the customers come from?" */
export const distinct: EverydayFamily = {
  name: 'distinct',
  draft(scene) {
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    if (!thing) return null
    const by = scene.draws.pick(thing.categories)
    const counts = scene.draws.chance(0.6)
    const column = bare(thing, by.column.name)
    return {
      text: scene.say(counts ? COUNTED : LISTED, { by: by.name, things: thing.many }),
      sql: writeSql({
        select: counts ? `count(DISTINCT ${column})` : `DISTINCT ${column}`,
        from: quoteName(thing.table.name),
      }),
    }
  },
}

/** "How many customers placed an order last month?": each counted once. */
export const distinctPartners: EverydayFamily = {
  name: 'distinct-partners',
  draft(scene) {
    const link = pickLink(scene, ({ from }) => from.dates.length > 0)
    const period = link && drawPeriod(scene, link.from)
    if (!link || !period) return null
    return {
      text: scene.say(PARTNERS, {
        parents: link.to.many,
        children: link.from.many,
        child: link.from.one,
        period: period.said,
      }),
      sql: writeSql({
        select: `count(DISTINCT ${bare(link.from, link.column, period)})`,
        from: quoteName(link.from.table.name),
        where: conditionsOf(link.from, [], period),
      }),
      ...spokenParts({ filters: [], period }),
    }
  },
}

const COUNTED = {
  train: [
    'How many different values of {by} are there among the {things}?',
    'How many distinct {by} values do the {things} have?',
    'number of different {by} values of {things}',
    'How many unique {by} values are there in {things}?',
    'In how many different {by} values do the {things} fall?',
  ],
  test: ['Count the distinct {by} of all {things}', 'Across {things}, how many unique {by} entries exist?'],
}
const LISTED = {
  train: [
    'What are the different {by} values of the {things}?',
    'List the distinct {by} of the {things}',
    'Show every {by} of {things} once',
    'Which {by} values are there for {things}?',
    'all different {by} values of the {things}',
  ],
  test: ['unique {by} list for {things}', 'Without repeats, what {by} values do {things} have?'],
}
const PARTNERS = {
  train: [
    'How many different {parents} had {children} {period}?',
    'number of {parents} with at least one {child} {period}',
    'How many {parents} had a {child} {period}?',
    'How many distinct {parents} have {children} {period}?',
  ],
  test: [
    'Count the unique {parents} among the {children} {period}',
    'How many {parents} are behind the {children} {period}?',
  ],
}
