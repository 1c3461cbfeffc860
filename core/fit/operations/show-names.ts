import { applyEdits, type Edit } from '../../sql/apply-edits.ts'
import { isUnique } from '../../sql/key-link.ts'
import { outermost } from '../../sql/outermost.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { type Reference, readScopes, type Source } from '../../sql/read-scopes.ts'
import { referredColumn } from '../../sql/referred-column.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { tokenizeSql } from '../../sql/tokenize-sql.ts'
import { words } from '../../words/split-words.ts'

/**
 * A table that is joined only to show its key: whoever asks for "the members with their party" is told the party's number, which is in the
 * other table anyway. Its name is shown instead, where it has one column that is called so and the question asks for no number.
 */
export function showNames(sql: string, question: string, names: SchemaNames): { sql: string; notes: string[] } {
  const [scope, ...inner] = readScopes(sql)
  if (!scope || inner.length > 0 || scope.sources.length < 2 || KEYS.test(question)) return { sql, notes: [] }
  const edits = scope.sources.flatMap((source): (Edit & { table: string }) | [] => {
    const own = scope.references.filter((one) => isOf(one.qualifier?.name, source))
    const [shown, ...others] = own.filter(({ clause }) => clause !== 'on')
    const found = shown && referredColumn(shown, names)
    const table = found && names.table(found.table)
    if (!shown || !table || others.length > 0 || shown.clause !== 'select' || !isShown(sql, shown)) return []
    if (!isUnique(table, found.column.name) || isAsked(found.column.name, table.name, question)) return []
    const [label, ...more] = table.columns.filter(({ name }) => /^(?:name|title)$/.test(words(name).at(-1) ?? ''))
    if (!label || more.length > 0) return []
    return { start: shown.column.start, end: shown.column.end, text: quoteName(label.name), table: table.name }
  })
  return {
    sql: applyEdits(sql, edits),
    notes: edits.map(({ table, text }) => `${table} is shown by its ${text}.`),
  }
}

const KEYS = /\b(?:ids?|identifiers?|codes?|numbers?|keys?)\b/i

function isOf(qualifier: string | undefined, { alias }: Source): boolean {
  return qualifier?.toLowerCase() === alias.toLowerCase()
}

/** Whether it is one of the results itself, rather than counted or compared. */
function isShown(sql: string, { qualifier, column, isTerm }: Reference): boolean {
  return isTerm && outermost(tokenizeSql(sql)).some(({ start }) => start === (qualifier ?? column).start)
}

/** Whether a question has a word of a key beside those of its table. */
function isAsked(column: string, table: string, question: string): boolean {
  const [own, said] = [words(table), words(question)]
  return words(column).some((word) => !own.includes(word) && said.includes(word))
}
