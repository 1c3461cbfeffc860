import { askSql, narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import type { Thing } from '../facts/read-facts.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing } from '../scene.ts'

/** "How much did we make last month?": takings, by words that are no column's name. */
export const money: EverydayFamily = {
  name: 'money',
  draft(scene) {
    const thing = pickThing(scene, (one) => SALES.test(one.one) && takings(one) !== undefined)
    const measure = thing && takings(thing)
    if (!thing || !measure) return null
    const period = scene.draws.chance(0.8) ? drawPeriod(scene, thing) : null
    const filter = scene.draws.chance(0.2) ? drawFilter(scene, thing) : null
    const ask = { thing, what: { kind: 'sum' as const, measure }, filters: filter ? [filter] : [], period }
    const text = scene.say(WORDINGS, {
      things: thing.many,
      one: thing.one,
      filter: filter ? `for ${narrowed({ thing, filters: [filter] })}` : '',
      period: period?.said ?? '',
    })
    return { text, sql: askSql(ask), ...spokenParts(ask) }
  },
}

function takings({ measures }: Thing) {
  return measures.find(({ name, adds }) => adds && MONEY.test(name))
}

const SALES = /\b(?:order|sale|invoice|payment|transaction|purchase|booking|rental|receipt|bill|donation|ticket)\b/
const MONEY = /\b(?:amount|total|revenue|sales?|value|payment|income|turnover)\b/
const WORDINGS = {
  train: [
    'How much did we make {period} {filter}?',
    'What was our revenue {period} {filter}?',
    'revenue {period} {filter}',
    'How much money came in from {things} {period}?',
    'total value of {things} {period}',
    'What are the {things} worth in total {period}?',
    'how much was the total of all {things} {period}',
    'turnover {period} {filter}',
  ].filter((text) => !text.includes('{things}') || !text.includes('{filter}')),
  test: [
    'What did we earn {period} {filter}?',
    'How much did we take in {period} {filter}?',
    'our total sales {period} {filter}',
  ],
}
