import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { sha256OfFile } from '#models/sha256-of-file.ts'
import type { DatasetCase } from '../dataset-case.ts'
import { isThere } from '../is-there.ts'
import { databaseFile, readSpiderFile } from '../spider.ts'

/** SHA-256 of what Spider's publisher gives out: the questions with their queries, and database files. */
export type SpiderHashes = { questions: Record<string, string>; databases: Record<string, string> }

/** What is not as it was published. Numbers measured on it are not comparable. */
export type SpiderDifferences = { missing: string[]; changed: string[] }

/** Compares a folder with what was published. A split that lacks its file is missing; other files than these are not looked at. */
export async function checkSpider(folder: string, hashes: SpiderHashes): Promise<SpiderDifferences> {
  const missing: string[] = []
  const changed: string[] = []
  if (!(await isThere(join(folder, 'tables.json')))) missing.push('tables.json')
  const check = async (name: string, path: string, expected: string, hash: () => Promise<string>) => {
    if (!(await isThere(path))) missing.push(name)
    else if ((await hash()) !== expected) changed.push(name)
  }
  for (const [name, expected] of Object.entries(hashes.questions)) {
    const path = join(folder, name)
    await check(name, path, expected, async () => questionsHash(await readSpiderFile(path, folder)))
  }
  for (const [name, expected] of Object.entries(hashes.databases)) {
    const path = databaseFile(join(folder, 'database'), name)
    await check(`database/${name}`, path, expected, () => sha256OfFile(path))
  }
  return { missing, changed }
}

/** Hash of questions, queries and databases in their order, however the file that holds them is laid out. */
export function questionsHash(cases: DatasetCase[]): string {
  const said = cases.map(({ database, question, accepted }) => [database, question, ...accepted])
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}
