import { quoteName } from '#core/sql/quote-name.ts'
import { aggregateSql, bare, drawAggregate, headOf } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter, filterBy, sayable } from '../filters.ts'
import { meaningOf, pickThing, type SpokenPeriod } from '../scene.ts'
import { literal, writeSql } from '../write-sql.ts'

/** "orders this month compared to last month": two figures side by side. */
export const compare: EverydayFamily = {
  name: 'compare-periods',
  draft(scene) {
    const thing = pickThing(scene, ({ dates }) => dates.some((date) => date.dateFormat !== 'year'))
    const date = thing?.dates.find(({ dateFormat }) => dateFormat !== 'year')
    if (!thing || !date) return null
    const year = scene.clock.now.getUTCFullYear()
    const pairs = scene.heldOut
      ? [
          ['this quarter', 'last quarter'],
          [`in Q1 ${year - 1}`, `in Q2 ${year - 1}`],
        ]
      : [
          ['this month', 'last month'],
          ['this week', 'last week'],
          ['this year', 'last year'],
          ['last month', `in June ${year - 1}`],
          [`in ${year - 1}`, `in ${year - 2}`],
          ['today', 'yesterday'],
          [`in March ${year - 1}`, `in April ${year - 1}`],
        ]
    const [one, two] = scene.draws.pick(pairs).map((said) => meaningOf(scene, thing, date, said))
    if (!one || !two) return null
    const what = drawAggregate(scene, thing, ['count', 'count', 'sum', 'avg'])
    const figure = (period: SpokenPeriod) =>
      `(${writeSql({ select: aggregateSql(what, thing, period), from: quoteName(thing.table.name), where: [period.condition] })})`
    const isDifference = scene.draws.chance(0.3) && what.kind === 'count'
    const head = what.kind === 'count' ? 'number of' : `${headOf(scene, what)} of`
    return {
      text: scene.say(isDifference ? DIFFERENCES : WORDINGS, {
        head,
        things: thing.many,
        one: one.said,
        two: two.said,
      }),
      sql: `SELECT ${figure(one)}${isDifference ? ' -' : ','} ${figure(two)}`,
      verbatim: [one.said, two.said.replace(/^in /, '')],
      periods: [one.condition, two.condition],
    }
  },
}

/** "How many customers are in France and how many in Spain?" */
export const compareValues: EverydayFamily = {
  name: 'compare-values',
  draft(scene) {
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    const first = thing && drawFilter(scene, thing)
    if (!thing || !first) return null
    const others = sayable(first.category.column.values).filter((value) => !first.condition.endsWith(literal(value)))
    if (others.length === 0) return null
    const second = filterBy(scene, thing, first.category, scene.draws.pick(others))
    const column = bare(thing, first.category.column.name)
    const values = [first, second].map(({ condition }) => condition.slice(condition.indexOf(" = '") + 3))
    return {
      text: scene.say(VALUES, { things: thing.many, by: first.category.name, one: first.said, two: second.said }),
      sql: writeSql({
        select: `${column}, count(*)`,
        from: quoteName(thing.table.name),
        where: [`${column} IN (${values.join(', ')})`],
        group: column,
      }),
      verbatim: [first.said, second.said],
    }
  },
}

const WORDINGS = {
  train: [
    'Compare the {head} {things} {one} with {two}',
    'What was the {head} {things} {one} compared to {two}?',
    '{head} {things} {one} vs {two}',
    '{head} {things} {one} and {two}',
    'Show the {head} {things} {one} next to {two}',
  ],
  test: ['How does the {head} {things} {one} stack up against {two}?', '{head} {things}: {one} versus {two}'],
}
const DIFFERENCES = {
  train: [
    'How many more {things} {one} than {two}?',
    'Difference in the {head} {things} {one} and {two}',
    'how many {things} more {one} than {two}',
  ],
  test: [
    'What is the change in the {head} {things} {one} against {two}?',
    'how many {things} did we gain {one} over {two}',
  ],
}
const VALUES = {
  train: [
    'How many {things} have {by} {one} and how many {two}?',
    'Compare the number of {things} with {by} {one} and {two}',
    '{things} with {by} {one} vs {two}',
    'Number of {things} for {by} {one} and for {two}',
  ],
  test: [
    'Are there more {things} with {by} {one} or with {two}? Show both counts',
    'count of {things}: {by} {one} versus {two}',
  ],
}
