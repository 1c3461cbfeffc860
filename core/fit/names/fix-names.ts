import { applyEdits, type Fix, isRepeated } from '../../sql/apply-edits.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { findColumnFix } from './find-column-fix.ts'
import { findTableFix } from './find-table-fix.ts'

/** A name that the query uses and the schema does not have, with what would have been possible in its place, nearest first. */
export type UnknownName = { name: string; kind: 'table' | 'column'; near: string[] }

/** A query whose names were checked against the schema. `unknown` is what no safe change could be found for. */
export type NamedQuery = { sql: string; notes: string[]; unknown: UnknownName[] }

/** More wrong names than this, and the query is better written anew. */
const MOST_FIXES = 8

/**
 * Makes the names of a query fit the schema where only one reading makes sense: a column behind the wrong alias, a plural, a join that was
 * forgotten, a column that two tables share. What stays unknown is reported, never guessed.
 */
export function fixNames(sql: string, names: SchemaNames): NamedQuery {
  const notes: string[] = []
  let text = sql
  let last: Fix | undefined
  for (let round = 0; ; round++) {
    const scopes = readScopes(text)
    const found = findTableFix(scopes, names) ?? findColumnFix(scopes, names)
    if (!found) return { sql: text, notes, unknown: [] }
    if (!('edits' in found) || round === MOST_FIXES || isRepeated(found, last)) {
      return { sql: text, notes, unknown: 'edits' in found ? [] : [found] }
    }
    text = applyEdits(text, found.edits)
    last = found
    // The same column may be mended once in each of its places.
    if (!notes.some((note) => note.startsWith(found.note.replace(/\.$/, '')))) notes.push(found.note)
  }
}
