import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The distilled databases of one database in a test suite's folder: its `*.sqlite` files, and nothing else that lies there. None if it has none. */
export async function suiteFiles(suiteFolder: string, database: string): Promise<string[]> {
  const folder = join(suiteFolder, database)
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => name.endsWith('.sqlite'))
    .sort()
    .map((name) => join(folder, name))
}
