import type { Fix } from './fix-names.ts'
import { calledNames, condition, joinOver } from './join-table.ts'
import type { Reference, Source } from './read-scopes.ts'
import type { SchemaNames } from './schema-names.ts'

/**
 * `ON T1.x = T2.y` with a column that does not exist: the foreign keys say how the two tables are joined, with tables in between where
 * they are not neighbours.
 */
export function fixJoin(reference: Reference, names: SchemaNames): Fix | undefined {
  const { sources } = reference.scope
  const index = sources.findIndex((source) => source.condition && within(reference, source.condition))
  const source = sources[index]
  const table = source?.table && names.table(source.table.name)?.name
  if (!source?.condition || source.joinedAt === null || !table) return undefined
  const before = calledNames(sources.slice(0, index), names)
  const path = names.path(
    [...before.keys()].filter((one) => one !== table),
    table,
  )
  const last = path?.at(-1)
  if (!path || !last) return undefined
  const called = new Map(before).set(table, source.alias)
  const between = path.slice(0, -1).map((link) => ` JOIN ${joinOver(link, called)}`)
  return {
    edits: [
      { start: source.joinedAt, end: source.joinedAt, text: between.join('') },
      { ...source.condition, text: condition(last, called) },
    ],
    note: `${table} was joined over its foreign key.`,
  }
}

function within({ column }: Reference, span: NonNullable<Source['condition']>): boolean {
  return column.start >= span.start && column.end <= span.end
}
