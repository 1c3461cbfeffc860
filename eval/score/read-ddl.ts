import { connectTo } from '#databases/sandbox/connections.ts'

/** The statements that made the tables of a database, by name, each with its semicolon. Inside a scoring process. */
export function readDdl({ file }: { file: string }): string {
  const tables = connectTo(file, []).prepare<[], string>(TABLES).pluck().all()
  return tables.map((sql) => `${sql.trim()};`).join('\n\n')
}

const TABLES = `SELECT sql FROM sqlite_schema
  WHERE type = 'table' AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`
