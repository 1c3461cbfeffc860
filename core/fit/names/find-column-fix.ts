import type { Fix } from '../../sql/apply-edits.ts'
import { findSource } from '../../sql/find-source.ts'
import { quoteName } from '../../sql/quote-name.ts'
import type { Reference, Scope, Source } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { nearestFirst } from '../../words/similar-name.ts'
import { joinTable } from '../joins/join-table.ts'
import { fixJoin } from './fix-join.ts'
import type { UnknownName } from './fix-names.ts'

/** From this likeness on, a wrong column name is taken for a misspelling; below it only another place of the very name is. */
const ALMOST_SAME = 0.85
const ALIKE = 0.7

/** The first column that the query names and cannot have: how to fix it, or that it is unknown; undefined when all is well. */
export function findColumnFix(scopes: Scope[], names: SchemaNames): Fix | UnknownName | undefined {
  for (const scope of scopes) {
    for (const reference of scope.references) {
      const found = check(reference, names)
      if (found) return found
    }
  }
  return undefined
}

function check(reference: Reference, names: SchemaNames): Fix | UnknownName | undefined {
  if (reference.qualifier) return checkQualified(reference, reference.qualifier.name, names)
  return checkBare(reference, names)
}

function checkQualified(reference: Reference, qualifier: string, names: SchemaNames): Fix | UnknownName | undefined {
  const source = findSource(reference.scope, qualifier)
  const column = reference.column.name
  if (source && (!source.table || has(source, column, names))) return undefined
  return (
    (reference.clause === 'on' ? fixJoin(reference, names) : requalify(reference, names)) ??
    (source ? misspelt([source], reference, names, ALMOST_SAME) : undefined) ??
    joinMissing(reference, names.table(qualifier)?.name, names) ??
    (source ? swapTable(source, reference, names) : undefined) ??
    joinMissing(reference, undefined, names) ??
    misspelt(source ? [source] : reference.scope.sources, reference, names, ALIKE) ??
    unknown(reference, names)
  )
}

function checkBare(reference: Reference, names: SchemaNames): Fix | UnknownName | undefined {
  const { scope, column } = reference
  if (column.kind === 'quoted' && column.text.startsWith('"') && !anywhere(column.name, names)) return undefined
  if (scope.sources.length === 0 && !scope.parent) return undefined
  // A result is sorted by what it calls so before any column is.
  if (reference.clause === 'order' && reference.isTerm && scope.aliases.has(column.name.toLowerCase())) return undefined
  const holders = scope.sources.filter((source) => !source.table || has(source, column.name, names))
  if (holders.length > 1 && reference.clause !== 'from') return qualifyShared(reference, holders, names)
  if (holders.length === 1 || isKnownOutside(reference, names)) return undefined
  const [only] = scope.sources
  return (
    misspelt(scope.sources, reference, names, ALMOST_SAME) ??
    (scope.sources.length === 1 && only ? swapTable(only, reference, names) : undefined) ??
    joinMissing(reference, undefined, names) ??
    misspelt(scope.sources, reference, names, ALIKE) ??
    unknown(reference, names)
  )
}

/** Columns of outer queries, names given in the SELECT list, table names inside functions such as count(orders), rowid. */
function isKnownOutside({ scope, column }: Reference, names: SchemaNames): boolean {
  const name = column.name.toLowerCase()
  if (scope.aliases.has(name) || ['rowid', 'oid', '_rowid_'].includes(name)) return true
  for (let outer = scope.parent; outer; outer = outer.parent) {
    if (outer.sources.some((source) => !source.table || has(source, name, names))) return true
  }
  return false
}

function qualifyShared({ column }: Reference, holders: Source[], names: SchemaNames): Fix | undefined {
  const [first, second] = holders
  if (!first?.table || !second?.table || column.name === '*') return undefined
  // A column over which the two are joined has the same value in both.
  const table = names.table(first.table.name)?.name ?? first.table.name
  return {
    edits: [{ start: column.start, end: column.start, text: `${quoteName(first.alias)}.` }],
    note: `${column.name} is in several tables; ${table}'s was taken.`,
  }
}

function requalify(reference: Reference, names: SchemaNames): Fix | undefined {
  const { qualifier, column } = reference
  for (let scope: Scope | null = reference.scope; scope; scope = scope.parent) {
    const holder = scope.sources.find((source) => source.table && has(source, column.name, names))
    if (holder && qualifier) {
      return {
        edits: [{ start: qualifier.start, end: qualifier.end, text: quoteName(holder.alias) }],
        note: `${column.name} is a column of ${holder.table?.name}.`,
      }
    }
  }
  return undefined
}

function misspelt(sources: Source[], reference: Reference, names: SchemaNames, alike: number): Fix | undefined {
  const choices = sources.flatMap(
    (source) => names.table(source.table?.name ?? '')?.columns.map((one) => one.name) ?? [],
  )
  const [best, second] = nearestFirst(reference.column.name, choices)
  if (!best || best.score < alike || best.score - (second?.score ?? 0) <= 0.02) return undefined
  const { column } = reference
  return {
    edits: [{ start: column.start, end: column.end, text: quoteName(best.name) }],
    note: `There is no column ${column.name}; ${best.name} was meant.`,
  }
}

/** The query reads the wrong table: another one has all the columns that it names. */
function swapTable(source: Source, reference: Reference, names: SchemaNames): Fix | undefined {
  const { scope } = reference
  if (!source.table || scope.sources.length > 1) return undefined
  const wanted = scope.references
    .filter((one) => !one.qualifier || one.qualifier.name.toLowerCase() === source.alias.toLowerCase())
    .map((one) => one.column.name)
    .filter((name) => !scope.aliases.has(name.toLowerCase()))
  const fitting = names.tables.filter((table) => wanted.every((name) => names.column(table.name, name)))
  const chosen = fitting.length === 1 ? fitting[0] : undefined
  if (!chosen) return undefined
  const keepsAlias = scope.references.some((one) => one.qualifier) && source.alias === source.table.name
  return {
    edits: [
      {
        start: source.table.start,
        end: source.table.end,
        text: quoteName(chosen.name) + (keepsAlias ? ` AS ${quoteName(source.alias)}` : ''),
      },
    ],
    note: `${reference.column.name} is a column of ${chosen.name}, not of ${source.table.name}.`,
  }
}

function joinMissing(reference: Reference, preferred: string | undefined, names: SchemaNames): Fix | undefined {
  const holders = preferred
    ? names.tables.filter((table) => table.name === preferred)
    : names.tablesWith(reference.column.name)
  const fitting = holders.filter((table) => names.column(table.name, reference.column.name))
  const fixes = fitting
    .map((table) => joinTable(reference, table.name, names))
    .filter((one) => one !== undefined)
    .sort((one, other) => one.joins - other.joins)
  const [best, second] = fixes
  return best && (!second || second.joins > best.joins) ? best.fix : undefined
}

function unknown(reference: Reference, names: SchemaNames): UnknownName {
  const inScope = reference.scope.sources.flatMap((source) => names.table(source.table?.name ?? '') ?? [])
  const tables = inScope.length > 0 ? inScope : names.tables
  const choices = tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column.name}`))
  const near = choices
    .map((choice) => ({
      choice,
      score: nearestFirst(reference.column.name, [choice.slice(choice.indexOf('.') + 1)])[0]?.score ?? 0,
    }))
    .sort((one, other) => other.score - one.score)
  const name = reference.qualifier ? `${reference.qualifier.name}.${reference.column.name}` : reference.column.name
  return { name, kind: 'column', near: near.map((one) => one.choice) }
}

function has(source: Source, column: string, names: SchemaNames): boolean {
  return column === '*' || names.column(source.table?.name ?? '', column) !== undefined
}

function anywhere(column: string, names: SchemaNames): boolean {
  return names.tablesWith(column).length > 0
}
