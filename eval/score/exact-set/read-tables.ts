import { connectTo } from '#databases/sandbox/connections.ts'
import { quoteName } from '#databases/schema/quote-name.ts'

/** Tables and their columns in small letters, as Spider's scorer reads them. Inside a scoring process. */
export function readTables({ file }: { file: string }): [table: string, columns: string[]][] {
  const connection = connectTo(file, [])
  const tables = connection.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  return tables.map((table) => {
    const columns = connection.prepare<[], { name: string }>(`PRAGMA table_info(${quoteName(table)})`).all()
    return [table.toLowerCase(), columns.map(({ name }) => name.toLowerCase())]
  })
}
