import type { SpiderSchema } from './spider-sql.ts'
import { Unparsable } from './sql-words.ts'

/**
 * The tables of a query by the names under which it knows them, aliases and their own.
 * @throws Unparsable where an alias is missing, or is the name of a table.
 */
export function queryAliases(words: string[], schema: SpiderSchema): Map<string, string> {
  const aliases = new Map<string, string>()
  for (const [at, word] of words.entries()) {
    const [alias, name] = [words[at + 1], words.at(at - 1)]
    if (word !== 'as') continue
    if (alias === undefined || name === undefined) throw new Unparsable('an alias is missing')
    aliases.set(alias, name)
  }
  for (const table of schema.keys()) {
    if (aliases.has(table)) throw new Unparsable(`the alias ${table} is a table's name`)
    aliases.set(table, table)
  }
  return aliases
}
