import type Database from 'better-sqlite3'
import { type Token, tokenize } from '#databases/gate/sql-tokens.ts'

/**
 * Prepares a statement as SQLite is built everywhere but here: a name in double quotes that leads nowhere is a text (`country =
 * "France"`), which gold queries and models rely on. Throws what SQLite says where that does not help.
 */
export function prepareLenient(connection: Database.Database, sql: string): Database.Statement<[], unknown[]> {
  const quoted = tokenize(sql).filter(({ kind, text }) => kind === 'identifier' && text.startsWith('"'))
  const texts = new Set<Token>()
  let statement = attempt(connection, sql)
  while (!('source' in statement)) {
    const { unknown, error } = statement
    const more = quoted.filter((token) => token.value === unknown && !texts.has(token))
    if (more.length === 0) throw error
    for (const token of more) texts.add(token)
    statement = attempt(connection, rewritten(sql, texts))
  }
  return namesWherePossible({ connection, sql, texts, statement })
}

type Attempt = Database.Statement<[], unknown[]> | { unknown: string | undefined; error: unknown }

function attempt(connection: Database.Database, sql: string): Attempt {
  try {
    return connection.prepare<[], unknown[]>(sql)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return { unknown: /^no such column: "([\s\S]*)" - should this be a string literal/.exec(message)?.[1], error }
  }
}

/** The same word can be a text in one place and a column in another: each goes back to being a name where it can. */
function namesWherePossible(parts: {
  connection: Database.Database
  sql: string
  texts: Set<Token>
  statement: Database.Statement<[], unknown[]>
}): Database.Statement<[], unknown[]> {
  const { connection, sql, texts } = parts
  let { statement } = parts
  const repeated = [...texts].filter((token) =>
    [...texts].some((other) => other !== token && other.value === token.value),
  )
  for (const token of repeated) {
    texts.delete(token)
    const asName = attempt(connection, rewritten(sql, texts))
    if ('source' in asName) statement = asName
    else texts.add(token)
  }
  return statement
}

function rewritten(sql: string, texts: Set<Token>): string {
  let result = ''
  let from = 0
  for (const { value, start, end } of [...texts].sort((one, other) => one.start - other.start)) {
    result += `${sql.slice(from, start)}'${value.replaceAll("'", "''")}'`
    from = end
  }
  return result + sql.slice(from)
}
