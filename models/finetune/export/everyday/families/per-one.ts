import { quoteName } from '#core/sql/quote-name.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import { writeSql } from '../write-sql.ts'
import { pickLink } from './never.ts'

/** "How many orders does a customer have on average?": of those that have any. */
export const perOne: EverydayFamily = {
  name: 'per-one',
  draft(scene) {
    const link = pickLink(scene, () => true)
    if (!link) return null
    const { from, to, column } = link
    return {
      text: scene.say(WORDINGS, { children: from.many, parent: to.one }),
      sql: writeSql({
        select: `cast(count(*) AS REAL) / count(DISTINCT ${quoteName(column)})`,
        from: quoteName(from.table.name),
      }),
    }
  },
}

const WORDINGS = {
  train: [
    'How many {children} does a {parent} have on average?',
    'average number of {children} per {parent}',
    'What is the average number of {children} per {parent}?',
    'number of {children} per {parent} on average',
    'How many {children} per {parent} on average?',
  ],
  test: ['On average, how many {children} are there for one {parent}?', 'mean count of {children} per {parent}'],
}
