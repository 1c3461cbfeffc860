import { applyEdits } from '../../sql/apply-edits.ts'
import { holdsNumbers } from '../../sql/holds-numbers.ts'
import { quoteName } from '../../sql/quote-name.ts'
import { readScopes } from '../../sql/read-scopes.ts'
import type { SchemaNames } from '../../sql/schema-names.ts'
import { words } from '../../words/split-words.ts'

/**
 * "the 5 best selling products by quantity", ranked by how many rows there are: where one table of the query holds numbers of that very name,
 * they are added up instead. Stays as it is where the query uses them already, or says how many rows there are.
 */
export function rankByNamed(sql: string, question: string, names: SchemaNames): { sql: string; notes: string[] } {
  const ranked = RANKED.exec(sql)
  const named = BY.exec(question)?.[1]?.toLowerCase()
  const [scope, ...more] = readScopes(sql)
  if (!ranked || named === undefined || !scope || more.length > 0) return { sql, notes: [] }
  const holding = scope.sources.flatMap(({ table, alias }) => {
    const columns = names.table(table?.name ?? '')?.columns ?? []
    return columns
      .filter(({ name, type }) => holdsNumbers(type) && words(name).join(' ') === words(named).join(' '))
      .map(({ name }) => ({ alias, name }))
  })
  const [found, ...others] = holding
  if (!found || others.length > 0 || sql.toLowerCase().includes(found.name.toLowerCase())) return { sql, notes: [] }
  const start = ranked.index + (ranked[1]?.length ?? 0)
  const text = `sum(${quoteName(found.alias)}.${quoteName(found.name)})`
  const edit = { start, end: start + (ranked[2]?.length ?? 0), text }
  return { sql: applyEdits(sql, [edit]), notes: [`Ranked by the sum of ${found.name}, which the question names.`] }
}

/** The last ORDER BY, where nothing else of the query counts rows. */
const RANKED = /^((?:(?!count\s*\()[\s\S])*\bORDER\s+BY\s+)(count\s*\(\s*\*\s*\))(?=\s+(?:ASC|DESC|LIMIT)\b)/i
const BY = /\bby (?:the )?(?:total |sum of |their )?(\w+)\s*[?.!]*$/i
