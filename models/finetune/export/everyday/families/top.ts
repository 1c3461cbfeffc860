import { quoteName } from '#core/sql/quote-name.ts'
import { bare, conditionsOf, narrowed, spokenParts } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { drawFilter } from '../filters.ts'
import { pickThing } from '../scene.ts'
import { superlative } from '../words/superlatives.ts'
import { writeSql } from '../write-sql.ts'

/** "the 5 most expensive products"; "Which product has the lowest price?" */
export const top: EverydayFamily = {
  name: 'top',
  draft(scene) {
    const { draws } = scene
    const thing = pickThing(scene, ({ measures, label }) => measures.length > 0 && label.length > 0)
    if (!thing) return null
    const measure = draws.pick(thing.measures)
    const end = draws.chance(0.7) ? 'most' : 'least'
    const limit = draws.chance(0.4) ? 1 : draws.pick([2, 3, 3, 5, 5, 10, 10, 20])
    const filter = draws.chance(0.3) ? drawFilter(scene, thing) : null
    const ask = { thing, filters: filter ? [filter] : [] }
    const adjective = draws.chance(0.7) ? superlative(measure.name, end) : null
    const wordings = adjective ? (limit === 1 ? ADJECTIVE_ONE : ADJECTIVE_MANY) : limit === 1 ? NAMED_ONE : NAMED_MANY
    const things = narrowed(ask)
    return {
      text: scene.say(wordings, {
        n: String(limit),
        things,
        one: things.replace(thing.many, thing.one),
        measure: measure.name,
        adjective: adjective ?? '',
        end: end === 'most' ? 'highest' : 'lowest',
        word: end === 'most' ? 'top' : 'bottom',
      }),
      sql: writeSql({
        select: thing.label.map(({ name }) => bare(thing, name)).join(', '),
        from: quoteName(thing.table.name),
        where: conditionsOf(thing, ask.filters),
        order: `${bare(thing, measure.column.name)} ${end === 'most' ? 'DESC' : 'ASC'}`,
        limit,
      }),
      ...spokenParts(ask),
    }
  },
}

const ADJECTIVE_ONE = {
  train: [
    'What is the {adjective} {one}?',
    'Which {one} is the {adjective}?',
    'the {adjective} {one}',
    "What's our {adjective} {one}?",
    'Name the {adjective} {one}',
    'Show me the {adjective} {one}',
  ],
  test: [
    'I am looking for the {adjective} {one}',
    'which one is the {adjective} of the {things}?',
    'find the {adjective} {one}',
  ],
}
const ADJECTIVE_MANY = {
  train: [
    'What are the {n} {adjective} {things}?',
    'Show the {n} {adjective} {things}',
    '{n} {adjective} {things}',
    'List the {n} {adjective} {things}',
    'Which {n} {things} are the {adjective}?',
  ],
  test: [
    'Give me a list of the {n} {adjective} {things}',
    'who or what are the {n} {adjective} {things}',
    'our {n} {adjective} {things}',
  ],
}
const NAMED_ONE = {
  train: [
    'Which {one} has the {end} {measure}?',
    'What is the {one} with the {end} {measure}?',
    '{one} with the {end} {measure}',
    'Name the {one} that has the {end} {measure}',
    'Find the {one} with the {end} {measure}',
  ],
  test: ['whose {measure} is the {end} among the {things}?', 'Tell me which {one} has got the {end} {measure}'],
}
const NAMED_MANY = {
  train: [
    'What are the {word} {n} {things} by {measure}?',
    '{word} {n} {things} by {measure}',
    'Show the {n} {things} with the {end} {measure}',
    'List the {word} {n} {things} by {measure}',
    'Which {n} {things} have the {end} {measure}?',
  ],
  test: ['Give me the {n} {things} whose {measure} is {end}', 'rank the {things} by {measure} and show the {word} {n}'],
}
