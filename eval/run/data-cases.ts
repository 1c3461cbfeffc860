import { basename, dirname, join } from 'node:path'
import { isThere } from '../datasets/is-there.ts'
import { readDataset } from '../datasets/read-dataset.ts'
import { prepareCases } from './prepare-cases.ts'
import type { RunCase } from './run-case.ts'

/** A data set's file, and the folder in which every database has a folder of its own. */
export type DataFiles = { data: string; databases: string }

/** Cases of any data set that Rowbot can read; distilled databases lie in a `testsuite` beside the databases. */
export async function dataCases(
  { data, databases }: DataFiles,
  sample: { limit: number | null; seed: number },
): Promise<RunCase[]> {
  const cases = await readDataset(data, databases)
  return prepareCases(cases, { ...sample, suite: join(dirname(databases), 'testsuite'), source: data })
}

/** The name under which a data set's runs are remembered. Files of variants are called alike (dev.json): their folders tell them apart. */
export function dataName({ data }: DataFiles): string {
  return `${basename(dirname(data))}/${basename(data, '.json')}`
}

/** Where the databases of a data set are, if nobody says: beside its file, else with Spider, whose variants share them. */
export async function databasesOf(data: string, spider: () => Promise<string>): Promise<string> {
  for (const name of BESIDE) {
    const beside = join(dirname(data), name)
    if (await isThere(beside)) return beside
  }
  return join(await spider(), 'database')
}

/** As Spider calls it, and Dr.Spider where it changed the databases. */
const BESIDE = ['database', 'database_post_perturbation']
