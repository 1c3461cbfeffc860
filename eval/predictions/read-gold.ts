import { join } from 'node:path'
import { requireFiles } from '../datasets/check-cases.ts'
import { readText, wrongFormat } from '../datasets/read-case-file.ts'
import { readDataset } from '../datasets/read-dataset.ts'
import { pythonLines, sessionsOf } from './python-lines.ts'

/** A gold query and the database that it is asked of. `turns` tells how many stand together in a conversation, in order. */
export type Gold = { cases: GoldCase[]; turns: number[] }

export type GoldCase = { gold: string; database: string; file: string }

/** Reads gold queries: a data set's JSON file, or text with one query a line, a tab, and the name of its database. */
export async function readGold(path: string, databases: string): Promise<Gold> {
  if (path.endsWith('.json')) {
    const cases = await readDataset(path, databases)
    const known = cases.map(({ accepted, database, file }) => ({ gold: accepted[0] ?? '', database, file }))
    return { cases: known, turns: [known.length] }
  }
  const lines = pythonLines(await readText(path))
  const sessions = sessionsOf(lines)
  const cases = lines.flatMap((line, at) => (line === '' ? [] : [goldCase(line, `${path}, line ${at + 1}`, databases)]))
  await requireFiles(cases, path)
  return { cases, turns: sessions.map(({ length }) => length) }
}

const FORMAT = 'one gold query a line, a tab, and the name of its database'

function goldCase(line: string, where: string, databases: string): GoldCase {
  const [gold, database, ...more] = line.split('\t')
  if (gold === undefined || database === undefined || more.length > 0) {
    throw wrongFormat(`${where}: ${line.split('\t').length} columns.`, FORMAT)
  }
  if (!/^[\w-]+$/.test(database)) throw wrongFormat(`${where}: ${database} is no name of a database.`, FORMAT)
  return { gold, database, file: join(databases, database, `${database}.sqlite`) }
}
