import { quoteName } from '#core/sql/quote-name.ts'
import { narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { sometimesPeriod } from '../scene.ts'
import { column, joined, writeSql } from '../write-sql.ts'
import { sometimesSum } from './most.ts'
import { pickLink } from './never.ts'

/** "How many orders came from customers in Germany?" */
export const overKeyFiltered: EverydayFamily = {
  name: 'over-key-filtered',
  draft(scene) {
    const { draws } = scene
    const link = pickLink(scene, ({ to }) => to.categories.length > 0)
    const filter = link && drawFilter(scene, link.to)
    if (!link || !filter) return null
    const { from, to } = link
    const sums = from.measures
    const measure = sums.length > 0 && draws.chance(0.4) ? draws.pick(sums) : null
    const period = sometimesPeriod(scene, from)
    const parents = narrowed({ thing: to, filters: [filter] })
    const isSum = measure?.adds && draws.chance(0.5)
    const figure = measure ? `${isSum ? 'sum' : 'avg'}(${column(from.table, measure.column)})` : 'count(*)'
    return {
      text: scene.say(measure ? MEASURED : COUNTED, {
        children: from.many,
        parents,
        period: period?.said ?? '',
        head: `${isSum ? 'total' : 'average'} ${measure?.name}`,
      }),
      sql: writeSql({
        select: figure,
        from: joined(link, 'from'),
        where: [filter.condition, ...(period ? [period.condition] : [])],
      }),
      ...spokenParts({ filters: [filter], period }),
    }
  },
}

/** "orders per customer", "total amount of orders per country of the customer" */
export const overKeyGrouped: EverydayFamily = {
  name: 'over-key-grouped',
  draft(scene) {
    const { draws } = scene
    const link = pickLink(scene, ({ to }) => to.categories.length > 0 || to.label.length > 0)
    if (!link) return null
    const { from, to } = link
    const by =
      to.categories.length > 0 && (to.label.length === 0 || draws.chance(0.5)) ? draws.pick(to.categories) : null
    const keys = by ? [by.column] : to.label
    const measure = sometimesSum(scene, from)
    const period = sometimesPeriod(scene, from)
    const shown = keys.map((key) => column(to.table, key)).join(', ')
    const figure = measure ? `sum(${column(from.table, measure.column)})` : 'count(*)'
    return {
      text: scene.say(measure ? SUMS : COUNTS, {
        children: from.many,
        by: by ? `${to.one} ${by.name}` : to.one,
        measure: measure?.name ?? '',
        period: period?.said ?? '',
      }),
      sql: writeSql({
        select: `${shown}, ${figure}`,
        from: joined(link, 'to'),
        where: period ? [period.condition] : [],
        group: by ? shown : column(to.table, { name: link.target }),
      }),
      ...spokenParts({ filters: [], period }),
    }
  },
}

/** "Customers with more than 3 orders" */
export const overKeyHaving: EverydayFamily = {
  name: 'over-key-having',
  draft(scene) {
    const link = pickLink(scene, ({ to }) => to.label.length > 0)
    if (!link) return null
    const n = scene.draws.pick([1, 2, 2, 3, 5, 10, 20])
    const counts = scene.draws.chance(0.25)
    const { from, to } = link
    const key = quoteName(link.column)
    const slots = { parents: to.many, children: from.many, n: String(n) }
    if (counts) {
      const inner = writeSql({ select: key, from: quoteName(from.table.name), group: key, having: `count(*) > ${n}` })
      return { text: scene.say(HOW_MANY, slots), sql: `SELECT count(*) FROM (${inner})` }
    }
    return {
      text: scene.say(WHICH, slots),
      sql: writeSql({
        select: to.label.map((part) => column(to.table, part)).join(', '),
        from: joined(link, 'to'),
        group: column(to.table, { name: link.target }),
        having: `count(*) > ${n}`,
      }),
    }
  },
}

const COUNTED = {
  train: [
    'How many {children} belong to {parents} {period}?',
    'Number of {children} of {parents} {period}',
    '{children} of {parents} {period}, how many?',
    'How many {children} are there for {parents} {period}?',
    'Count the {children} of {parents} {period}',
  ],
  test: [
    'How many {children} {period} go back to {parents}?',
    'Tell me how many of the {children} {period} concern {parents}',
  ],
}
const MEASURED = {
  train: [
    'What is the {head} of {children} of {parents} {period}?',
    '{head} of {children} for {parents} {period}',
    'Show the {head} of the {children} that belong to {parents} {period}',
  ],
  test: [
    'For {parents}, what is the {head} of {children} {period}?',
    'How high is the {head} of {children} of {parents} {period}?',
  ],
}
const COUNTS = {
  train: [
    'How many {children} are there for each {by} {period}?',
    'Number of {children} per {by} {period}',
    '{children} per {by} {period}',
    'Show each {by} with the number of {children} {period}',
    'number of {children} by {by} {period}',
  ],
  test: [
    'For each {by}, how many {children} do we have {period}?',
    'Break the number of {children} down by {by} {period}',
  ],
}
const SUMS = {
  train: [
    'What is the total {measure} of {children} for each {by} {period}?',
    'total {measure} of {children} per {by} {period}',
    'Sum of {measure} of {children} by {by} {period}',
    'Show each {by} with the total {measure} of {children} {period}',
  ],
  test: [
    'Break the total {measure} of {children} down by {by} {period}',
    'For each {by}, add up the {measure} of {children} {period}',
  ],
}
const WHICH = {
  train: [
    'Which {parents} have more than {n} {children}?',
    '{parents} with more than {n} {children}',
    'List the {parents} with more than {n} {children}',
    'Show {parents} that have more than {n} {children}',
  ],
  test: ['Name the {parents} for which there are over {n} {children}'],
}
const HOW_MANY = {
  train: [
    'How many {parents} have more than {n} {children}?',
    'Number of {parents} with more than {n} {children}',
    'Count the {parents} that have more than {n} {children}',
  ],
  test: ['How many {parents} are there with over {n} {children}?'],
}
