import { pluralize } from 'inflection'
import { quoteName } from '#core/sql/quote-name.ts'
import { words } from '#core/words/split-words.ts'
import { narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import type { Link, Thing } from '../facts/read-facts.ts'
import { drawFilter, type Filter } from '../filters.ts'
import { drawPeriod, type Scene, type SpokenPeriod } from '../scene.ts'
import { column, writeSql } from '../write-sql.ts'

/** "revenue by product category last month": what is added up, how it is grouped and when it was are in three tables. */
export const overTwoKeysGrouped: EverydayFamily = {
  name: 'over-two-keys-grouped',
  draft(scene) {
    const drawn = drawAcross(scene)
    if (!drawn) return null
    const { from, figure, by, where, spoken } = drawn
    return {
      text: scene.say(figure.isMoney ? REVENUE_BY : figure.name ? SUM_BY : COUNT_BY, { ...drawn.slots, by: by.name }),
      sql: writeSql({ select: `${by.shown}, ${figure.sql}`, from, where, group: by.group }),
      ...spoken,
    }
  },
}

/** "top 5 products by revenue last month" */
export const overTwoKeysTop: EverydayFamily = {
  name: 'over-two-keys-top',
  draft(scene) {
    const drawn = drawAcross(scene)
    if (!drawn) return null
    const { from, figure, by, where, spoken } = drawn
    const limit = scene.draws.pick([1, 1, 3, 5, 5, 10])
    const isMost = scene.draws.chance(0.85)
    return {
      text: scene.say(limit === 1 ? TOP_ONE : TOP_MANY, {
        ...drawn.slots,
        by: by.name,
        bys: by.many,
        figure: figure.name ?? `number of ${drawn.slots.children}`,
        n: String(limit),
        word: isMost ? 'top' : 'bottom',
        degree: isMost ? 'highest' : 'lowest',
      }),
      sql: writeSql({
        select: by.shown,
        from,
        where,
        group: by.group,
        order: `${figure.sql} ${isMost ? 'DESC' : 'ASC'}`,
        limit,
      }),
      ...spoken,
    }
  },
}

/** "How much revenue came from customers in Germany?", two keys away from what is added up */
export const overTwoKeysFiltered: EverydayFamily = {
  name: 'over-two-keys-filtered',
  draft(scene) {
    const path = drawPath(scene)
    const far = path && scene.draws.pick(path.far)
    const filter = far && drawFilter(scene, far)
    if (!path || !far || !filter) return null
    const period = drawPeriodElsewhere(scene, path, far)
    if (!path.isChain && (!period || period.table === path.hub)) return null
    const figure = drawFigure(scene, path.hub)
    return {
      text: scene.say(figure.name ? SUM_FOR : COUNT_FOR, {
        children: path.hub.many,
        figure: figure.name ?? '',
        parents: narrowed({ thing: far, filters: [filter] }),
        period: period?.said ?? '',
      }),
      sql: writeSql({ select: figure.sql, from: path.from, where: conditions(filter, period) }),
      ...spokenParts({ filters: [filter], period }),
    }
  },
}

/** Three tables: one whose rows are counted or added up, and two that are reached from it, each row of it having one row there. */
type Path = { hub: Thing; reached: Thing[]; far: Thing[]; isChain: boolean; from: string }

function drawPath({ facts, draws }: Scene): Path | null {
  const pairs = facts.links.flatMap((first) =>
    facts.links
      .filter((second) => second !== first && (second.from === first.to || second.from === first.from))
      .filter((second) => second.to !== first.from && second.to !== first.to)
      .map((second) => ({ first, second })),
  )
  if (pairs.length === 0) return null
  const { first, second } = draws.pick(pairs)
  const isChain = second.from === first.to
  const reached = [first.to, second.to]
  const from = `${quoteName(first.from.table.name)}${joins(first)}${joins(second)}`
  return { hub: first.from, reached, far: isChain ? [second.to] : reached, isChain, from }
}

function joins({ from, column: key, to, target }: Link): string {
  return ` JOIN ${quoteName(to.table.name)} ON ${column(from.table, { name: key })} = ${column(to.table, { name: target })}`
}

/** A figure of the rows of the hub, grouped by something of a far table, narrowed by something of another one. */
function drawAcross(scene: Scene) {
  const path = drawPath(scene)
  const far = path && scene.draws.pick(path.far)
  const by = far && drawGroup(scene, far)
  if (!path || !far || !by) return null
  const period = drawPeriodElsewhere(scene, path, far)
  const other = period && scene.draws.chance(0.8) ? null : path.reached.find((thing) => thing !== far)
  const filter = other ? drawFilter(scene, other) : null
  // Without a condition elsewhere the third table would be joined for nothing.
  if (!path.isChain && !filter && (!period || period.table === path.hub)) return null
  const figure = drawFigure(scene, path.hub)
  return {
    from: path.from,
    figure,
    by,
    where: conditions(filter, period),
    spoken: spokenParts({ filters: filter ? [filter] : [], period }),
    slots: {
      children: path.hub.many,
      figure: figure.name ?? '',
      period: period?.said ?? '',
      filter: filter && other ? `for ${narrowed({ thing: other, filters: [filter] })}` : '',
    },
  }
}

/** A name of the far thing's rows or one of its categories, as it is said, shown and grouped. */
function drawGroup({ draws, facts }: Scene, far: Thing) {
  const category =
    far.categories.length > 0 && (far.label.length === 0 || draws.chance(0.5)) ? draws.pick(far.categories) : null
  if (category) {
    const shown = column(far.table, category.column)
    const isOnly = facts.things.every(
      ({ table }) =>
        table === far.table ||
        !words(table.name + table.columns.map(({ name }) => ` ${name}`).join('')).includes(category.name),
    )
    const of = isOnly && draws.chance(0.6) ? '' : `${far.one} `
    return { name: `${of}${category.name}`, many: `${of}${pluralize(category.name)}`, shown, group: shown }
  }
  if (far.label.length === 0) return null
  const shown = far.label.map((part) => column(far.table, part)).join(', ')
  const [key, ...more] = far.table.primaryKey
  return {
    name: far.one,
    many: far.many,
    shown,
    group: key && more.length === 0 ? column(far.table, { name: key }) : shown,
  }
}

/** A period, mostly, on a date of a table that is not the one that groups. */
function drawPeriodElsewhere(scene: Scene, path: Path, far: Thing): (SpokenPeriod & { table: Thing }) | null {
  const dated = [path.hub, ...path.reached].filter((thing) => thing !== far && thing.dates.length > 0)
  if (dated.length === 0 || scene.draws.chance(0.25)) return null
  const table = scene.draws.pick(dated)
  const drawn = drawPeriod(scene, table)
  return drawn?.hinted ? { ...drawn, table } : null
}

/** Rows counted, a measure added up, or price times quantity, which people call revenue. */
function drawFigure({ draws }: Scene, hub: Thing): { sql: string; name: string | null; isMoney: boolean } {
  const find = (pattern: RegExp) => hub.measures.find(({ name }) => pattern.test(name))?.column
  const [quantity, price] = [find(QUANTITY), find(PRICE)]
  if (quantity && price && draws.chance(0.7)) {
    const sql = `sum(${column(hub.table, quantity)} * ${column(hub.table, price)})`
    return { sql, name: draws.pick(REVENUE), isMoney: true }
  }
  const sums = hub.measures.filter(({ adds }) => adds)
  if (sums.length === 0 || draws.chance(0.4)) return { sql: 'count(*)', name: null, isMoney: false }
  const measure = draws.pick(sums)
  const isMoney = TAKINGS.test(measure.name) && draws.chance(0.6)
  const name = isMoney ? draws.pick(REVENUE) : `total ${measure.name}`
  return { sql: `sum(${column(hub.table, measure.column)})`, name, isMoney }
}

function conditions(filter: Filter | null, period: SpokenPeriod | null): string[] {
  return [...(filter ? [filter.condition] : []), ...(period ? [period.condition] : [])]
}

const QUANTITY = /^(?:\w+ )?(?:quantity|qty|units|copies)(?: \w+)?$/
const PRICE = /^(?:unit |item |sales? )?price(?: each)?$/
const TAKINGS = /\b(?:amount|total|revenue|sales?|payment|income|turnover)\b/
const REVENUE = ['revenue', 'revenue', 'sales', 'turnover', 'total revenue']

const REVENUE_BY = {
  train: [
    '{figure} by {by} {period} {filter}',
    '{figure} per {by} {period} {filter}',
    'What was the {figure} per {by} {period} {filter}?',
    'How much {figure} did each {by} bring {period} {filter}?',
    'Show the {figure} for each {by} {period} {filter}',
  ],
  test: [
    'Break the {figure} down by {by} {period} {filter}',
    'For each {by}, what {figure} did we have {period} {filter}?',
  ],
}
const SUM_BY = {
  train: [
    '{figure} of {children} per {by} {period} {filter}',
    'What is the {figure} of {children} for each {by} {period} {filter}?',
    'Show each {by} with the {figure} of {children} {period} {filter}',
    '{figure} by {by} {period} {filter}',
  ],
  test: ['Break the {figure} of {children} down by {by} {period} {filter}'],
}
const COUNT_BY = {
  train: [
    'How many {children} are there for each {by} {period} {filter}?',
    '{children} per {by} {period} {filter}',
    'Number of {children} by {by} {period} {filter}',
    'Show each {by} with its number of {children} {period} {filter}',
  ],
  test: ['Break the number of {children} down by {by} {period} {filter}'],
}
const TOP_ONE = {
  train: [
    'Which {by} has the {degree} {figure} {period} {filter}?',
    '{by} with the {degree} {figure} {period} {filter}',
    'What is the {by} with the {degree} {figure} {period} {filter}?',
    'Which {by} had the {degree} {figure} {period} {filter}?',
  ],
  test: ['Find the {by} whose {figure} was {degree} {period} {filter}'],
}
const TOP_MANY = {
  train: [
    '{word} {n} {bys} by {figure} {period} {filter}',
    'Which {n} {bys} have the {degree} {figure} {period} {filter}?',
    'Show the {word} {n} {bys} by {figure} {period} {filter}',
    'What are the {word} {n} {bys} by {figure} {period} {filter}?',
  ],
  test: ['the {n} {bys} with the {degree} {figure} {period} {filter}'],
}
const SUM_FOR = {
  train: [
    'What is the {figure} of {children} for {parents} {period}?',
    '{figure} for {parents} {period}',
    'How much {figure} came from {parents} {period}?',
  ],
  test: ['For {parents}, how high is the {figure} {period}?'],
}
const COUNT_FOR = {
  train: [
    'How many {children} belong to {parents} {period}?',
    'Number of {children} for {parents} {period}',
    'How many {children} are there for {parents} {period}?',
  ],
  test: ['Tell me how many of the {children} {period} concern {parents}'],
}
