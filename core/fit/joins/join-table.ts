import type { Fix } from '../../sql/apply-edits.ts'
import { quoteName } from '../../sql/quote-name.ts'
import type { Reference, Scope, Source } from '../../sql/read-scopes.ts'
import type { Link, SchemaNames } from '../../sql/schema-names.ts'

/** Adds the joins that lead from the tables of the query to `table`, so that the reference has somewhere to point. */
export function joinTable(
  { scope, qualifier, column, nullTest }: Reference,
  table: string,
  names: SchemaNames,
): { fix: Fix; joins: number } | undefined {
  if (scope.fromEnd < 0) return undefined
  const called = calledNames(scope.sources, names)
  const path = names.path([...called.keys()], table)
  if (!path || path.length === 0) return undefined
  // Rows that lack a partner are what `IS NULL` looks for.
  const kind = nullTest ? 'LEFT JOIN' : 'JOIN'
  const joins = path.map((link) => ` ${kind} ${joinOver(link, called)}`).join('')
  const position = qualifier ?? column
  return {
    joins: path.length,
    fix: {
      edits: [
        { start: position.start, end: column.start, text: `${quoteName(table)}.` },
        { start: scope.fromEnd, end: scope.fromEnd, text: joins },
      ],
      note: `${column.name} is a column of ${table}, which was joined over its foreign key.`,
    },
  }
}

/** Joins a table that the query reads already over its foreign keys, whatever its condition says, with the tables in between. */
export function joinOverKeys(
  source: Source,
  { sources }: Scope,
  names: SchemaNames,
): { fix: Fix; joins: number } | undefined {
  const table = source.table && names.table(source.table.name)?.name
  if (!source.condition || source.joinedAt === null || !table) return undefined
  const before = calledNames(sources.slice(0, sources.indexOf(source)), names)
  const path = names.path(
    [...before.keys()].filter((one) => one !== table),
    table,
  )
  const last = path?.at(-1)
  if (!path || !last) return undefined
  const called = new Map(before).set(table, source.alias)
  const between = path.slice(0, -1).map((link) => ` JOIN ${joinOver(link, called)}`)
  return {
    joins: path.length,
    fix: {
      edits: [
        { start: source.joinedAt, end: source.joinedAt, text: between.join('') },
        { ...source.condition, text: condition(last, called) },
      ],
      note: `${table} was joined over its foreign key.`,
    },
  }
}

/** `t ON a.x = t.y` for a link to a table that the query does not read yet. */
function joinOver(link: Link, called: Map<string, string>): string {
  return `${quoteName(link.to.table)} ON ${condition(link, called)}`
}

/** `a.x = b.y`, each table under the name by which the query calls it. */
function condition({ from, to }: Link, called: Map<string, string>): string {
  const side = (table: string, column: string) => `${quoteName(called.get(table) ?? table)}.${quoteName(column)}`
  return `${side(from.table, from.column)} = ${side(to.table, to.column)}`
}

/** The names by which a query calls the tables that it reads, by the schema's names; the first where one is read twice. */
function calledNames(sources: Source[], names: SchemaNames): Map<string, string> {
  const called = new Map<string, string>()
  for (const source of sources) {
    const known = source.table && names.table(source.table.name)?.name
    if (known && !called.has(known)) called.set(known, source.alias)
  }
  return called
}
