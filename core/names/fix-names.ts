import type { Schema } from '#databases/schema/schema.ts'
import { findColumnFix } from './find-column-fix.ts'
import { findTableFix } from './find-table-fix.ts'
import { readScopes } from './read-scopes.ts'
import { schemaNames } from './schema-names.ts'

/** A change of the text between two positions, and what it does in words. */
export type Edit = { start: number; end: number; text: string }
export type Fix = { edits: Edit[]; note: string }

/** A name that the query uses and the schema does not have, with what would have been possible in its place, nearest first. */
export type UnknownName = { name: string; kind: 'table' | 'column'; near: string[] }

/** A query whose names were checked against the schema. `unknown` is what no safe change could be found for. */
export type NamedQuery = { sql: string; notes: string[]; unknown: UnknownName[] }

/** More wrong names than this, and the query is better written anew. */
const MOST_FIXES = 8

/**
 * Makes the names of a query fit the schema where only one reading makes sense: a column behind the wrong alias, a plural, a join that was
 * forgotten, a column that two tables share. What stays unknown is reported, never guessed. `asked` are the question and what belongs to it.
 */
export function fixNames(sql: string, schema: Schema, asked: string[] = []): NamedQuery {
  const names = schemaNames(schema, asked)
  const notes: string[] = []
  let text = sql
  for (let round = 0; ; round++) {
    const scopes = readScopes(text)
    const found = findTableFix(scopes, names) ?? findColumnFix(scopes, names)
    if (!found) return { sql: text, notes, unknown: [] }
    if (!('edits' in found) || round === MOST_FIXES) {
      return { sql: text, notes, unknown: 'edits' in found ? [] : [found] }
    }
    text = applyEdits(text, found.edits)
    notes.push(found.note)
  }
}

/** The text after all edits, which do not overlap. */
export function applyEdits(text: string, edits: Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((current, edit) => current.slice(0, edit.start) + edit.text + current.slice(edit.end), text)
}
