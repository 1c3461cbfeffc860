import { quoteName } from '#core/sql/quote-name.ts'
import type { EverydayFamily } from '../everyday-family.ts'
import type { Link } from '../facts/read-facts.ts'
import type { Scene } from '../scene.ts'
import { column, writeSql } from '../write-sql.ts'

/** "Which customers have no orders?" */
export const never: EverydayFamily = {
  name: 'never',
  draft(scene) {
    const link = pickLink(scene, ({ to }) => to.label.length > 0)
    if (!link) return null
    const counts = scene.draws.chance(0.3)
    const { from, to } = link
    const inner = writeSql({ select: quoteName(link.column), from: quoteName(from.table.name) })
    return {
      text: scene.say(counts ? COUNTED : LISTED, { parents: to.many, children: from.many, child: from.one }),
      sql: writeSql({
        select: counts ? 'count(*)' : to.label.map(({ name }) => quoteName(name)).join(', '),
        from: quoteName(to.table.name),
        where: [`${column(to.table, { name: link.target })} NOT IN (${inner})`],
      }),
    }
  },
}

/** One of the keys between things for which there is what a family needs. */
export function pickLink({ facts, draws }: Scene, suits: (link: Link) => boolean): Link | null {
  const found = facts.links.filter(suits)
  return found.length > 0 ? draws.pick(found) : null
}

const LISTED = {
  train: [
    'Which {parents} have no {children}?',
    'Show the {parents} without any {children}',
    '{parents} without {children}',
    'List {parents} that do not have any {children}',
    'Which {parents} never had a {child}?',
    "{parents} that don't have {children}",
  ],
  test: ['Name all {parents} with no {children}', 'Are there {parents} without a single {child}? Which?'],
}
const COUNTED = {
  train: [
    'How many {parents} have no {children}?',
    'Number of {parents} without {children}',
    'How many {parents} never had a {child}?',
    'Count the {parents} that do not have any {children}',
  ],
  test: [
    'For how many {parents} are there no {children}? I mean {parents} without {children}',
    'Tell me how many {parents} are without any {children}',
  ],
}
