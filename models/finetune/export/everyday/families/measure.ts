import { askSql, drawAggregate, headOf, narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing } from '../scene.ts'

/** "What is the average price of products in Garden?" */
export const measure: EverydayFamily = {
  name: 'measure',
  draft(scene) {
    const thing = pickThing(scene, ({ measures }) => measures.length > 0)
    if (!thing) return null
    const what = drawAggregate(scene, thing, ['sum', 'avg', 'avg', 'max', 'min'])
    if (what.kind === 'count') return null
    const filter = scene.draws.chance(0.4) ? drawFilter(scene, thing) : null
    const period = scene.draws.chance(0.5) ? drawPeriod(scene, thing) : null
    const ask = { thing, what, filters: filter ? [filter] : [], period }
    const isNarrowed = filter !== null || period !== null
    return {
      text: scene.say(isNarrowed ? NARROWED : PLAIN, {
        head: headOf(scene, what),
        things: narrowed(ask),
        one: thing.one,
      }),
      sql: askSql(ask),
      ...spokenParts(ask),
    }
  },
}

const NARROWED = {
  train: [
    'What is the {head} of {things}?',
    'What was the {head} of {things}?',
    '{head} of {things}',
    'Show the {head} of {things}',
    'Tell me the {head} of all {things}',
    'Give me the {head} for {things}',
  ],
  test: [
    'Can you compute the {head} for {things}?',
    'I want the {head} across {things}',
    'How high is the {head} of {things}?',
  ],
}
const PLAIN = {
  train: [
    ...NARROWED.train,
    'What is the {head} of a {one}?',
    '{head} across all {things}',
    '{head} of the {things}',
    'What is the {head} per {one}?',
  ].filter((text) => !text.includes('per {one}')),
  test: [...NARROWED.test, 'the {head} over all {things}, please'],
}
