import { type Fetched, fetchRows } from './fetch-rows.ts'
import { plugValues } from './plug-values.ts'
import { sameResult } from './same-result.ts'

export type GoldOnFiles = {
  /** SQLite files, all of which must agree. */
  files: string[]
  gold: string
  likeReference: boolean
}

export type Comparison = GoldOnFiles & {
  predicted: string
  /** The gold query's values are put into the prediction, in every way there is, until one agrees everywhere. */
  plugValue: boolean
  ordered: boolean
}

/** `file` is the one on which the comparison was decided. */
export type Compared = { verdict: 'right' | 'wrong' | 'crashed' | 'gold-failed'; message?: string; file?: string }

/** Runs gold and prediction on every file and compares, inside a scoring process. The verdict is that on the first prediction if none is right. */
export function compareOnFiles(comparison: Comparison): Compared {
  let first: Compared | undefined
  for (const prediction of predictions(comparison)) {
    const compared = compareOne(comparison, prediction)
    if (compared.verdict === 'right' || compared.verdict === 'gold-failed') return compared
    first ??= compared
  }
  return first ?? { verdict: 'crashed', message: 'There is no statement.' }
}

function* predictions({ gold, predicted, plugValue }: Comparison): Generator<string> {
  yield predicted
  if (plugValue) yield* plugValues(gold, predicted)
}

/** Whether the gold query runs on every file. */
export function checkGold({ files, gold, likeReference }: GoldOnFiles): Compared {
  for (const file of files) {
    const fetched = fetchRows(file, gold, { likeReference })
    if ('message' in fetched) return { verdict: 'gold-failed', message: fetched.message, file }
  }
  return { verdict: 'right' }
}

function compareOne({ files, gold, ordered, likeReference }: Comparison, prediction: string): Compared {
  for (const file of files) {
    const expected = fetchRows(file, gold, { likeReference })
    if ('message' in expected) return { verdict: 'gold-failed', message: expected.message, file }
    // One row more than wanted is enough to know that a result is another.
    const maxRows = expected.rows.length + 1
    const actual: Fetched = fetchRows(file, prediction, { maxRows, likeReference })
    if ('message' in actual) return { verdict: 'crashed', message: actual.message, file }
    if (!sameResult(expected.rows, actual.rows, ordered)) return { verdict: 'wrong', file }
  }
  return { verdict: 'right' }
}
