import { quoteName } from '#core/sql/quote-name.ts'
import { bare } from '../ask.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { pickThing } from '../scene.ts'
import { writeSql } from '../write-sql.ts'

/** "Which countries have more than 10 customers?" */
export const having: EverydayFamily = {
  name: 'having',
  draft(scene) {
    const thing = pickThing(scene, ({ categories }) => categories.length > 0)
    if (!thing) return null
    const by = scene.draws.pick(thing.categories)
    const n = scene.draws.pick([1, 2, 2, 3, 5, 10, 50, 100])
    const [operator, said] = scene.draws.pick([
      ['>', `more than ${n}`],
      ['>=', `at least ${n}`],
      ['<', `fewer than ${n + 1}`],
    ] as const)
    const column = bare(thing, by.column.name)
    const bound = operator === '<' ? n + 1 : n
    return {
      text: scene.say(WORDINGS, { by: by.name, than: said, things: thing.many }),
      sql: writeSql({
        select: column,
        from: quoteName(thing.table.name),
        group: column,
        having: `count(*) ${operator} ${bound}`,
      }),
    }
  },
}

const WORDINGS = {
  train: [
    'Which {by} has {than} {things}?',
    'Show each {by} that has {than} {things}',
    'For which {by} are there {than} {things}?',
    '{by} with {than} {things}',
    'List every {by} with {than} {things}',
  ],
  test: ['Name any {by} for which we have {than} {things}', 'what {by} comes with {than} {things}?'],
}
