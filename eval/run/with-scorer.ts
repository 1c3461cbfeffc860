import type { Measured } from '../measured.ts'
import { openScorer } from '../score/open-scorer.ts'
import type { EvaluationParts } from './evaluate-configurations.ts'
import type { RunCase } from './run-case.ts'

/** Opens what scores, for as long as runs are at work. */
export async function withScorer<T>(measured: Measured, work: (parts: EvaluationParts) => Promise<T>): Promise<T> {
  const { databases } = measured
  const scorer = openScorer({ processes: 1 })
  const idOf = async (one: RunCase) => one.own?.databaseId ?? databases.borrow(one.file)
  const schemaOf: EvaluationParts['schemaOf'] = async (one) => (await databases.open(await idOf(one))).schema
  try {
    return await work({ ...measured, scorer, idOf, schemaOf, ddlOf: ({ file }) => scorer.ddl(file, measured.signal) })
  } finally {
    await scorer.close()
  }
}
