import { askSql, narrowed, spokenParts } from '../ask.ts'
import type { Draft, EverydayFamily } from '../everyday-family.ts'
import type { Thing } from '../facts/read-facts.ts'
import { drawFilter } from '../filters.ts'
import { drawPeriod, pickThing, type Scene, type SpokenPeriod } from '../scene.ts'

/** "How many paid orders?" */
export const count: EverydayFamily = {
  name: 'count',
  draft(scene) {
    const thing = pickThing(scene, () => true)
    return thing && draftCount(scene, thing, null)
  },
}

/** "How many paid orders last week?" */
export const countInPeriod: EverydayFamily = {
  name: 'count-in-period',
  draft(scene) {
    const thing = pickThing(scene, ({ dates }) => dates.length > 0)
    const period = thing && drawPeriod(scene, thing)
    return thing && period && draftCount(scene, thing, period)
  },
}

function draftCount(scene: Scene, thing: Thing, period: SpokenPeriod | null): Draft {
  const filter = scene.draws.chance(0.5) ? drawFilter(scene, thing) : null
  const ask = { thing, what: { kind: 'count' as const }, filters: filter ? [filter] : [], period }
  const slots = { things: narrowed({ ...ask, period: null }), period: period?.said ?? '' }
  return { text: scene.say(period ? WITH_PERIOD : PLAIN, slots), sql: askSql(ask), ...spokenParts(ask) }
}

const PLAIN = {
  train: [
    'How many {things} are there?',
    'How many {things} do we have?',
    'Count the {things}',
    'number of {things}',
    'What is the number of {things}?',
    'how many {things}',
    'Tell me how many {things} there are',
    'Total number of {things}',
    'What is the count of {things}?',
  ],
  test: [
    'How many {things} are in the database?',
    'Give me a count of {things}.',
    '# of {things}',
    'How large is the number of {things}?',
    'I need to know how many {things} we have',
  ],
}
const WITH_PERIOD = {
  train: [
    'How many {things} {period}?',
    'How many {things} were there {period}?',
    'number of {things} {period}',
    'Count the {things} {period}',
    'how many {things} did we have {period}',
    '{things} {period}',
    'What was the number of {things} {period}?',
    'Total number of {things} {period}',
    'How many {things} do we have {period}?',
    'How many {things} did we get {period}?',
  ],
  test: [
    'How many {things} did we see {period}?',
    'Give me a count of {things} {period}.',
    '# of {things} {period}',
    'I would like to know how many {things} there have been {period}',
  ],
}
