import { requireFiles } from '../datasets/check-cases.ts'
import { chooseCases } from '../datasets/choose-cases.ts'
import type { DatasetCase } from '../datasets/dataset-case.ts'
import { suiteFiles } from '../datasets/suite-files.ts'
import { caseHardness } from '../score/exact-set/case-hardness.ts'
import type { RunCase } from './run-case.ts'

/**
 * A part of some cases, with their class of hardness and the distilled databases in `suite`, if there are any.
 * @throws RowbotError where a database of theirs is not in its place.
 */
export async function prepareCases(
  cases: DatasetCase[],
  { suite, source, ...sample }: { limit: number | null; seed: number; suite: string | null; source: string },
): Promise<RunCase[]> {
  const chosen = chooseCases(
    cases.map((one) => ({ ...one, suiteFiles: [], hardness: null, ...turnBefore(one, cases) })),
    sample,
  )
  await requireFiles(chosen, source)
  const hardness = await caseHardness(chosen)
  const suites = new Map<string, string[]>()
  for (const { database } of suite === null ? [] : chosen) {
    if (!suites.has(database)) suites.set(database, await suiteFiles(suite ?? '', database))
  }
  return chosen.map((one, at) => ({
    ...one,
    hardness: hardness[at] ?? null,
    suiteFiles: suites.get(one.database) ?? [],
  }))
}

/** A follow-up is asked as after the right answer to the turn before it. */
function turnBefore({ follows }: DatasetCase, cases: DatasetCase[]): Pick<RunCase, 'turn'> {
  const before = follows === undefined ? undefined : cases.find(({ id }) => id === follows)
  const sql = before?.accepted[0]
  return before && sql !== undefined ? { turn: { question: before.question, sql } } : {}
}
