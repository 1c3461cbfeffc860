import { BIRD_FORMAT, readBirdFile } from './bird.ts'
import { checkCases } from './check-cases.ts'
import type { DatasetCase } from './dataset-case.ts'
import { OWN_FORMAT, readOwnCases } from './own-cases.ts'
import { readText, wrongFormat } from './read-case-file.ts'
import { readSparcFile, SPARC_FORMAT } from './sparc.ts'
import { readSpiderFile, SPIDER_FORMAT } from './spider.ts'

/**
 * Reads a data set's JSON file, whatever format it has: Spider's and its variants', SParC's, BIRD's, or cases of one's own.
 * @throws RowbotError where it has none of them, an id is there twice, or a database is missing.
 */
export async function readDataset(path: string, databases: string): Promise<DatasetCase[]> {
  const cases = await readAny(path, databases)
  await checkCases(cases, path)
  return cases
}

async function readAny(path: string, databases: string): Promise<DatasetCase[]> {
  const text = await readText(path)
  const keys = firstKeys(text)
  if (keys.has('interaction')) return readSparcFile(path, databases)
  if (keys.has('SQL')) return readBirdFile(path, databases)
  if (keys.has('sql') && keys.has('database')) return readOwnCases(path)
  if (keys.has('query')) return readSpiderFile(path, databases)
  const formats = [SPIDER_FORMAT, SPARC_FORMAT, BIRD_FORMAT, OWN_FORMAT].join('; or ')
  throw wrongFormat(`${path}, line 1: this is no data set that Rowbot knows.`, formats)
}

/** The keys of the first entry, by which the formats differ. */
function firstKeys(text: string): Set<string> {
  try {
    const parsed: unknown = JSON.parse(text)
    const first: unknown = Array.isArray(parsed) ? parsed[0] : null
    return new Set(typeof first === 'object' && first !== null ? Object.keys(first) : [])
  } catch {
    // Whichever reader it is, it says where the JSON breaks.
    return new Set(['query'])
  }
}
