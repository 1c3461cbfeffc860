import { quoteName } from '#core/sql/quote-name.ts'
import { aggregateSql, bare, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import type { Measure } from '../facts/column-roles.ts'
import type { Link, Thing } from '../facts/read-facts.ts'
import { pickThing, type Scene, type SpokenPeriod, sometimesPeriod } from '../scene.ts'
import { column, joined, writeSql } from '../write-sql.ts'
import { pickLink } from './never.ts'

/** "Which customer has the most orders?", "top 5 customers by total amount of orders" */
export const most: EverydayFamily = {
  name: 'most',
  draft(scene) {
    const { draws } = scene
    const link = pickLink(scene, ({ to }) => to.label.length > 0)
    if (!link) return null
    const { from, to } = link
    const measure = sometimesSum(scene, from)
    const period = sometimesPeriod(scene, from)
    const limit = draws.pick([1, 1, 1, 1, 1, 3, 3, 5, 5, 10])
    const isMost = draws.chance(0.8)
    const [one, many] = measure ? [SUM_ONE, SUM_MANY] : [COUNT_ONE, COUNT_MANY]
    const ranked = measure ? `sum(${column(from.table, measure.column)})` : 'count(*)'
    return {
      text: scene.say(limit === 1 ? one : many, {
        parent: to.one,
        parents: to.many,
        children: from.many,
        measure: measure?.name ?? '',
        n: String(limit),
        end: isMost ? 'most' : 'fewest',
        word: isMost ? 'top' : 'bottom',
        degree: isMost ? 'highest' : 'lowest',
        period: period?.said ?? '',
      }),
      sql: rankedSql(link, { figure: ranked, isMost, period, limit }),
      ...spokenParts({ filters: [], period }),
    }
  },
}

/** "Which country do most customers come from?" */
export const mostCommon: EverydayFamily = {
  name: 'most-common',
  draft(scene) {
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    if (!thing) return null
    const by = scene.draws.pick(thing.categories)
    const isMost = scene.draws.chance(0.8)
    const value = bare(thing, by.column.name)
    return {
      text: scene.say(isMost ? COMMON : RARE, { by: by.name, things: thing.many }),
      sql: writeSql({
        select: value,
        from: quoteName(thing.table.name),
        group: value,
        order: `${aggregateSql({ kind: 'count' }, thing)} ${isMost ? 'DESC' : 'ASC'}`,
        limit: 1,
      }),
    }
  },
}

type Ranking = { figure: string; isMost: boolean; period: SpokenPeriod | null; limit: number }

/** The names of those that come first by a figure over the rows that belong to them. */
export function rankedSql(link: Link, { figure, isMost, period, limit }: Ranking): string {
  const { to, target } = link
  return writeSql({
    select: to.label.map((part) => column(to.table, part)).join(', '),
    from: joined(link, 'to'),
    where: period ? [period.condition] : [],
    group: column(to.table, { name: target }),
    order: `${figure} ${isMost ? 'DESC' : 'ASC'}`,
    limit,
  })
}

/** Now and then a measure whose sum means something; else rows are counted. */
export function sometimesSum({ draws }: Scene, thing: Thing): Measure | null {
  const sums = thing.measures.filter(({ adds }) => adds)
  return sums.length > 0 && draws.chance(0.4) ? draws.pick(sums) : null
}

const COUNT_ONE = {
  train: [
    'Which {parent} has the {end} {children} {period}?',
    '{parent} with the {end} {children} {period}',
    'What is the {parent} with the {end} {children} {period}?',
    'Name the {parent} that has the {end} {children} {period}',
  ],
  test: [
    'Find the {parent} to which the {end} {children} belong {period}',
    'To which {parent} do the {end} {children} {period} belong?',
  ],
}
const COUNT_MANY = {
  train: [
    '{word} {n} {parents} by number of {children} {period}',
    'Which {n} {parents} have the {end} {children} {period}?',
    'Show the {n} {parents} with the {end} {children} {period}',
    'What are the {word} {n} {parents} by {children} {period}?',
  ],
  test: [
    'Rank the {parents} by how many {children} they have {period} and give the {word} {n}',
    'the {n} {parents} having the {end} {children} {period}',
  ],
}
const SUM_ONE = {
  train: [
    'Which {parent} has the {degree} total {measure} of {children} {period}?',
    '{parent} with the {degree} {measure} of {children} in total {period}',
    'Which {parent} had the {degree} sum of {measure} over its {children} {period}?',
  ],
  test: ['Find the {parent} whose {children} add up to the {degree} {measure} {period}'],
}
const SUM_MANY = {
  train: [
    '{word} {n} {parents} by total {measure} of {children} {period}',
    'Which {n} {parents} have the {degree} total {measure} of {children} {period}?',
    'Show the {word} {n} {parents} by {measure} of {children} {period}',
  ],
  test: ['the {n} {parents} whose {children} add up to the {degree} {measure} {period}'],
}
const COMMON = {
  train: [
    'Which {by} is the most common among {things}?',
    'What is the most frequent {by} of {things}?',
    'most common {by} of the {things}',
    'Which {by} has the most {things}?',
    'What {by} do most {things} have?',
  ],
  test: ['The {by} that occurs most often among {things}?', 'Which {by} do we see most often for {things}?'],
}
const RARE = {
  train: [
    'Which {by} is the least common among {things}?',
    'Which {by} has the fewest {things}?',
    'rarest {by} of the {things}',
  ],
  test: ['The {by} that occurs least often among {things}?'],
}
