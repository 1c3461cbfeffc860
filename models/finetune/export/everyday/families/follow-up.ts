import { followPeriods } from '#core/linking/follow-periods.ts'
import { periodCondition } from '#core/periods/period-condition.ts'
import { quoteName } from '#core/sql/quote-name.ts'
import { type Ask, askSql, bare, conditionsOf, drawAggregate, headOf, narrowed, phraseOf } from '../ask.ts'
import type { Draft, EverydayFamily, Wordings } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing, type Scene } from '../scene.ts'
import { OTHER_PERIODS } from '../words/periods.ts'
import { writeSql } from '../write-sql.ts'

/** "Only in France": one more condition. */
export const narrowFurther = followUp('follow-narrow', (scene, ask) => {
  const filter = drawFilter(scene, ask.thing)
  if (
    !filter ||
    ask.filters.some((one) => one.category.column === filter.category.column) ||
    ask.by?.column === filter.category.column
  )
    return null
  return {
    text: scene.say(NARROW, { filter: filter.short, things: ask.thing.many }),
    sql: askSql({ ...ask, filters: [...ask.filters, filter] }),
    verbatim: [filter.said],
  }
})

/** "And last month?": the same for another period. */
export const otherPeriod = followUp('follow-period', (scene, ask, question) => {
  if (!ask.period?.hinted) return null
  const other = drawPeriod(scene, { ...ask.thing, dates: [ask.period.date] }, OTHER_PERIODS)
  if (!other) return null
  const text = scene.say(PERIOD, { period: other.said })
  const [named, ...more] = followPeriods(text, { question }, scene.clock).named
  const condition = named && more.length === 0 && periodCondition(ask.thing.table.name, ask.period.date, named)
  if (!condition || condition === ask.period.condition) return null
  return {
    text,
    sql: askSql({ ...ask, period: { ...other, condition } }),
    verbatim: [other.said],
    periods: [condition],
  }
})

/** "By country instead": another grouping, or one for the first time. */
export const otherGrouping = followUp('follow-grouping', (scene, ask) => {
  const choices = ask.thing.categories.filter(
    ({ column }) => column !== ask.by?.column && ask.filters.every((filter) => filter.category.column !== column),
  )
  if (choices.length === 0) return null
  const by = scene.draws.pick(choices)
  return { text: scene.say(ask.by ? INSTEAD : GROUPING, { by: by.name }), sql: askSql({ ...ask, by }) }
})

/** "And the average price?": another figure of the same rows. */
export const otherMeasure = followUp('follow-measure', (scene, ask) => {
  const what = drawAggregate(scene, ask.thing)
  const changed = { ...ask, what }
  if (askSql(changed) === askSql(ask)) return null
  const head = what.kind === 'count' ? `number of ${ask.thing.many}` : headOf(scene, what)
  return { text: scene.say(MEASURE, { head }), sql: askSql(changed) }
})

/** "Show them as a list": the rows behind a figure. */
export const asList = followUp('follow-list', (scene, ask) => {
  if (ask.by || ask.what.kind !== 'count' || ask.thing.label.length === 0) return null
  return {
    text: scene.say(LIST, { things: ask.thing.many }),
    sql: writeSql({
      select: ask.thing.label.map(({ name }) => bare(ask.thing, name, ask.period)).join(', '),
      from: quoteName(ask.thing.table.name),
      where: conditionsOf(ask.thing, ask.filters, ask.period),
    }),
  }
})

/** "Only the top 3": fewer groups, largest first. */
export const onlyTop = followUp('follow-top', (scene, ask) => {
  if (!ask.by) return null
  const limit = scene.draws.pick([1, 3, 5, 10])
  const figure = askSql(ask).slice('SELECT '.length).split(' FROM ')[0]?.split(', ').at(-1)
  return { text: scene.say(TOP, { n: String(limit) }), sql: `${askSql(ask)} ORDER BY ${figure} DESC LIMIT ${limit}` }
})

/** Most first questions leave little to change in one certain way. */
const TRIES = 6

function followUp(name: string, change: (scene: Scene, ask: Ask, question: string) => Draft | null): EverydayFamily {
  const once = (scene: Scene) => {
    const ask = drawAsk(scene)
    if (!ask) return null
    const question = firstQuestion(scene, ask)
    const draft = change(scene, ask, question)
    return draft && { ...draft, follows: { question, sql: askSql(ask) } }
  }
  return {
    name,
    draft: (scene) => Array.from({ length: TRIES }).reduce<Draft | null>((found) => found ?? once(scene), null),
  }
}

function firstQuestion(scene: Scene, ask: Ask): string {
  const plainCount = ask.what.kind === 'count' && !ask.by
  const wordings = plainCount ? COUNT : ask.by ? GROUPED : FIRST
  const slots = { phrase: phraseOf(scene, ask), things: narrowed(ask), by: ask.by?.name ?? '' }
  const text = scene.say(wordings, slots)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function drawAsk(scene: Scene): Ask | null {
  const { draws } = scene
  const thing = pickThing(
    scene,
    ({ measures, categories, dates }) => measures.length + categories.length + dates.length > 1,
  )
  if (!thing) return null
  const filter = draws.chance(0.3) ? drawFilter(scene, thing) : null
  const period = draws.chance(0.6) ? drawPeriod(scene, thing) : null
  const choices = thing.categories.filter(({ column }) => column !== filter?.category.column)
  const by = choices.length > 0 && draws.chance(0.35) ? draws.pick(choices) : undefined
  return {
    thing,
    what: drawAggregate(scene, thing, ['count', 'count', 'sum', 'avg']),
    filters: filter ? [filter] : [],
    period,
    by,
  }
}

const FIRST: Wordings = {
  train: ['What is the {phrase}?', 'Show the {phrase}', '{phrase}'],
  test: ['Tell me the {phrase}'],
}
const COUNT: Wordings = {
  train: ['How many {things}?', 'Number of {things}'],
  test: ['Count the {things}'],
}
const GROUPED: Wordings = {
  train: ['{phrase} by {by}', 'What is the {phrase} for each {by}?', '{phrase} per {by}'],
  test: ['For each {by}, the {phrase}'],
}
const NARROW: Wordings = {
  train: [
    'Only {filter}',
    'only those {filter}',
    'And just {filter}?',
    'Just the ones {filter}',
    'what about those {filter}',
    'Only the {filter} ones',
  ].filter((text) => !text.includes('{filter} ones')),
  test: ['Restrict that to {things} {filter}', 'and {filter}?'],
}
const PERIOD: Wordings = {
  train: ['And {period}?', 'what about {period}?', 'And how was it {period}?', 'Same for {period}', 'and {period}'],
  test: ['Now {period}, please', 'How about {period}?'],
}
const GROUPING: Wordings = {
  train: ['By {by}', 'Per {by}, please', 'Split that by {by}', 'for each {by}', 'And by {by}?'],
  test: ['break it down by {by}', 'grouped by {by}'],
}
const INSTEAD: Wordings = {
  train: ['By {by} instead', 'And by {by}?', 'Now per {by}', 'the same by {by}'],
  test: ['rather for each {by}', 'switch to {by}'],
}
const MEASURE: Wordings = {
  train: ['And the {head}?', 'what about the {head}?', 'Show the {head} instead', 'Now the {head}'],
  test: ['How about the {head}?', 'the {head}, please'],
}
const LIST: Wordings = {
  train: [
    'Show them as a list',
    'Which ones?',
    'List them',
    'which {things} are those',
    'Show me their names',
    'as a list',
  ],
  test: ['Name them', 'Which {things} exactly?', 'can I see them'],
}
const TOP: Wordings = {
  train: ['Only the top {n}', 'Just the {n} largest', 'top {n} only', 'Show the top {n}'],
  test: ['limit that to the first {n} by size', 'the biggest {n}'],
}
