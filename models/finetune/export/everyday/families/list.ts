import { quoteName } from '#core/sql/quote-name.ts'
import { bare, conditionsOf, narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing } from '../scene.ts'
import { column, joined, writeSql } from '../write-sql.ts'
import { pickLink } from './never.ts'

/** "List the customers in France" */
export const list: EverydayFamily = {
  name: 'list',
  draft(scene) {
    const thing = pickThing(
      scene,
      ({ label, categories, dates }) => label.length > 0 && categories.length + dates.length > 0,
    )
    if (!thing) return null
    const filter = scene.draws.chance(0.6) ? drawFilter(scene, thing) : null
    const period = filter && scene.draws.chance(0.6) ? null : drawPeriod(scene, thing)
    if (!filter && !period) return null
    const ask = { thing, filters: filter ? [filter] : [], period }
    return {
      text: scene.say(LISTS, { things: narrowed(ask) }),
      sql: writeSql({
        select: thing.label.map(({ name }) => bare(thing, name, period)).join(', '),
        from: quoteName(thing.table.name),
        where: conditionsOf(thing, ask.filters, period),
      }),
      ...spokenParts(ask),
    }
  },
}

/** "the 5 newest customers" */
export const newest: EverydayFamily = {
  name: 'newest',
  draft(scene) {
    const thing = pickThing(scene, ({ label, dates }) => label.length > 0 && dates.length > 0)
    if (!thing) return null
    const date = scene.draws.pick(thing.dates)
    const limit = scene.draws.pick([1, 1, 3, 5, 10])
    const isNew = scene.draws.chance(0.7)
    return {
      text: scene.say(limit === 1 ? NEWEST_ONE : NEWEST, {
        n: String(limit),
        things: thing.many,
        one: thing.one,
        end: isNew ? 'latest' : 'earliest',
      }),
      sql: writeSql({
        select: thing.label.map(({ name }) => quoteName(name)).join(', '),
        from: quoteName(thing.table.name),
        order: `${quoteName(date.name)} ${isNew ? 'DESC' : 'ASC'}`,
        limit,
      }),
    }
  },
}

/** "Show each order's date with the name of its customer" */
export const withNames: EverydayFamily = {
  name: 'with-names',
  draft(scene) {
    const link = pickLink(scene, ({ from, to }) => to.label.length > 0 && from.label.length > 0)
    if (!link) return null
    const { from, to } = link
    const filter = scene.draws.chance(0.5) ? drawFilter(scene, from) : null
    return {
      text: scene.say(NAMES, { children: narrowed({ thing: from, filters: filter ? [filter] : [] }), parent: to.one }),
      sql: writeSql({
        select: [
          ...from.label.map((part) => column(from.table, part)),
          ...to.label.map((part) => column(to.table, part)),
        ].join(', '),
        from: joined(link, 'from'),
        where: filter ? [filter.condition] : [],
      }),
      verbatim: filter ? [filter.said] : [],
    }
  },
}

const LISTS = {
  train: [
    'List the {things}',
    'Show me the names of the {things}',
    'Which {things} are there?',
    'show all {things}',
    'What are the names of {things}?',
    'Give me the {things}',
    'names of {things}',
  ],
  test: ['I would like to see the {things}', 'Who or what are the {things}?', 'display the {things} by name'],
}
const NEWEST = {
  train: [
    'Show the {n} {end} {things}',
    'What are the {n} {end} {things}?',
    '{n} {end} {things}',
    'List our {n} {end} {things}',
  ],
  test: ['Give me the names of the {end} {n} {things}', 'which are the {n} {end} of our {things}'],
}
const NEWEST_ONE = {
  train: ['What is the {end} {one}?', 'the {end} {one}', 'Show the {end} {one}', 'Which {one} is the {end}?'],
  test: ['Find our {end} {one}', 'which of the {things} is the {end}?'],
}
const NAMES = {
  train: [
    'Show all {children} with the name of their {parent}',
    'List the {children} together with their {parent}',
    '{children} and their {parent}',
    'Which {parent} does each of the {children} belong to?',
    'For all {children}, show the {parent} as well',
  ],
  test: [
    'Give me every one of the {children} along with its {parent}',
    'Pair the {children} with the {parent} that they have',
  ],
}
