import type { Fix } from '../../sql/apply-edits.ts'
import { quoteName } from '../../sql/quote-name.ts'
import type { Reference, Scope, Source } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { joinOverKeys } from '../joins/join-table.ts'

/** Longer than this, and the tables are no neighbours. */
const NEIGHBOURS = 1

/**
 * `ON T1.x = T2.y` with a column that does not exist: the foreign keys say how the two tables are joined, with tables in between where
 * they are not neighbours; unless nobody asks for the joined table and all that the query takes from it is
 * there without it.
 */
export function fixJoin(reference: Reference, names: SchemaNames): Fix | undefined {
  const { scope } = reference
  const source = scope.sources.find((one) => one.condition && within(reference, one.condition))
  const joined = source && joinOverKeys(source, scope, names)
  if (!joined) return undefined
  const mayDrop = joined.joins > NEIGHBOURS && !names.isAsked(source.table?.name ?? '')
  return (mayDrop ? dropJoin(scope, source, names) : undefined) ?? joined.fix
}

function within({ column }: Reference, span: NonNullable<Source['condition']>): boolean {
  return column.start >= span.start && column.end <= span.end
}

/** The query without a joined table, where another table that it reads has every column that it takes from this one. */
function dropJoin({ sources, references }: Scope, source: Source, names: SchemaNames): Fix | undefined {
  const { joinedAt, condition: on } = source
  if (joinedAt === null || !on) return undefined
  const isOurs = ({ qualifier }: Reference) => qualifier?.name.toLowerCase() === source.alias.toLowerCase()
  const taken = references.filter((one) => isOurs(one) && !within(one, on))
  if (taken.length === 0 || taken.some(({ clause }) => clause === 'on')) return undefined
  const keeper = sources.find(
    (one) =>
      one !== source && one.table && taken.every(({ column }) => names.column(one.table?.name ?? '', column.name)),
  )
  if (!keeper) return undefined
  return {
    edits: [
      { start: joinedAt, end: on.end, text: '' },
      ...taken.map(({ qualifier }) => ({
        start: qualifier?.start ?? 0,
        end: qualifier?.end ?? 0,
        text: quoteName(keeper.alias),
      })),
    ],
    note: `${source.table?.name} has no key to join it by; ${taken[0]?.column.name} of ${keeper.table?.name} was taken.`,
  }
}
