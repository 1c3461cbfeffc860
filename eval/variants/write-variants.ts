import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { groupBy } from '#core/group-by.ts'
import type { Asker } from '#core/question.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import { createDraws, type Draws } from '#databases/sample/draws.ts'
import { normaliseSql } from '#models/finetune/export/normalise-sql.ts'
import { renameSchema } from '#models/finetune/export/rename-schema.ts'
import { chooseCases } from '../datasets/choose-cases.ts'
import { type DatasetCase, goldOf } from '../datasets/dataset-case.ts'
import { readHeldBack } from '../datasets/held-back.ts'
import { databaseFile } from '../datasets/spider.ts'
import { openScorer, type Scorer } from '../score/open-scorer.ts'
import { type EverydayEntry, everydayEntries } from './everyday-entries.ts'
import { inOtherWords, withSlips } from './other-clothes.ts'
import { renameDatabase } from './rename-database.ts'

type Entry = { db_id: string; question: string; query: string }

/** How many questions there are of each kind; `left` names databases that could not be renamed. */
export type WrittenVariants = { mistyped: number; reworded: number; renamed: number; everyday: number; left: string[] }

export type VariantParts = {
  /** Folder of Spider. */
  spider: string
  /** Where the data sets are put. */
  folder: string
  limit: number
  seed: number
  /** Whose calendar the everyday questions are of. */
  asker: Asker
  open(file: string): Promise<Pick<OpenDatabase, 'schema' | 'values' | 'run'>>
}

const ALL = 10_000

/**
 * Writes held-back questions in other clothes, as data sets in Spider's format: with a slip of the keyboard, with other words for the same
 * things, and as they are over databases whose names are shortened or others; and everyday questions about the same databases.
 */
export async function writeVariants(parts: VariantParts): Promise<WrittenVariants> {
  const { spider, folder, limit, seed, open } = parts
  const all = await readHeldBack(spider, ALL)
  const cases = chooseCases(all, { limit, seed })
  const draws = createDraws(seed)
  const save = async (kind: string, entries: Entry[]) => {
    await mkdir(join(folder, kind), { recursive: true })
    await writeFile(join(folder, kind, 'questions.json'), `${JSON.stringify(entries, null, 1)}\n`)
    return entries.length
  }
  const changed = (change: (one: DatasetCase, draws: Draws) => string) =>
    cases.flatMap((one): Entry[] => {
      const question = change(one, draws)
      return question === one.question ? [] : [{ db_id: one.database, question, query: goldOf(one) }]
    })
  const scorer = openScorer({ processes: 1 })
  const renamed = await renameAll(cases, join(folder, 'renamed', 'database'), { draws, open, scorer }).finally(() =>
    scorer.close(),
  )
  return {
    mistyped: await save('mistyped', changed(withSlips)),
    reworded: await save('reworded', changed(inOtherWords)),
    renamed: await save('renamed', renamed.entries),
    everyday: await save('everyday', await everydayOf(all, parts)),
    left: renamed.left,
  }
}

/** As many of each database, all of the same ones. */
async function everydayOf(all: DatasetCase[], { limit, seed, open, asker }: VariantParts): Promise<EverydayEntry[]> {
  const files = new Map(all.map(({ database, file }) => [database, file]))
  const most = Math.ceil(limit / files.size)
  const draws = createDraws(seed)
  const entries: EverydayEntry[] = []
  for (const [database, file] of files)
    entries.push(...(await everydayEntries(await open(file), { database, most, seed, draws, asker })))
  return entries
}

type Renaming = { draws: Draws; open: VariantParts['open']; scorer: Scorer }

async function renameAll(cases: DatasetCase[], folder: string, { draws, open, scorer }: Renaming) {
  const entries: Entry[] = []
  const left: string[] = []
  for (const [database, asked] of groupBy(cases, (one) => one.database)) {
    const [first] = asked
    if (!first) continue
    const { schema, values } = await open(first.file)
    const other = renameSchema({ schema, values }, draws)
    const file = databaseFile(folder, database)
    try {
      renameDatabase(first.file, file, { schema, renamed: other.database.schema })
    } catch {
      left.push(database)
      continue
    }
    for (const one of asked) {
      const sql = normaliseSql(goldOf(one), schema)
      const query = other.example({ source: 'spider', text: one.question, sql, now: new Date(0) })?.sql
      if (query !== undefined && (await runs(scorer, file, query)))
        entries.push({ db_id: database, question: one.question, query })
    }
  }
  return { entries, left }
}

/** Where it can be stopped: a query of a data set may be anything. */
async function runs(scorer: Scorer, file: string, sql: string): Promise<boolean> {
  const { verdict } = await scorer.scoreEx({ file, gold: sql, predicted: sql })
  return verdict !== 'gold-failed'
}
