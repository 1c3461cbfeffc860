import { suiteFiles } from './datasets/suite-files.ts'
import { readGold } from './predictions/read-gold.ts'
import { readPredictions } from './predictions/read-predictions.ts'
import { type Databases, type Prediction, scorePredictions } from './predictions/score-predictions.ts'
import { type ScoreReport, summariseScores } from './predictions/summarise-scores.ts'
import { readKeyColumns } from './score/exact-set/key-columns.ts'
import { openScorer } from './score/open-scorer.ts'

/** Whose predictions to score against what, and how. */
export type ScoreRequest = {
  /** Predictions, one for every gold query. */
  file: string
  gold: string
  /** Folder of the databases: `<name>/<name>.sqlite`. */
  databases: string
  /** Folder of the distilled databases, for test-suite accuracy. */
  suite: string | null
  /** A file like Spider's tables.json, for the foreign keys that exact-set match knows of. */
  tables: string | null
  rule: 'spider' | 'bird'
  /** The reference's number, be it right or not. */
  likeReference: boolean
  plugValue: boolean
  keepDistinct: boolean
}

export type ScoreFileOptions = {
  processes?: number
  /** How long a pair may take on all its databases together. Default 30 s. */
  deadlineMs?: number
  onProgress?: (done: number, total: number) => void
  signal?: AbortSignal
}

/** Scores a file of predictions. */
export async function scoreFile(
  request: ScoreRequest,
  { processes = 2, deadlineMs, onProgress, signal }: ScoreFileOptions = {},
): Promise<ScoreReport> {
  const predictions = await readPairs(request)
  const keys = request.tables === null ? new Map() : await readKeyColumns(request.tables)
  const scorer = openScorer({ ...request, processes, deadlineMs })
  try {
    const scored = await scorePredictions({
      predictions,
      scorer,
      rule: request.rule,
      databases: databasesOf(request),
      keys,
      onProgress: (done) => onProgress?.(done, predictions.length),
      signal,
    })
    return summariseScores(scored)
  } finally {
    await scorer.close()
  }
}

async function readPairs({ file, gold, databases, likeReference }: ScoreRequest): Promise<Prediction[]> {
  const wanted = await readGold(gold, databases)
  const predictions = await readPredictions(file, wanted, { likeReference })
  return wanted.cases.flatMap((one, at) => {
    const predicted = predictions[at] ?? null
    if (predicted === null) return []
    // The reference writes 1 wherever a prediction says "value", names of columns included.
    return [{ ...one, predicted: likeReference ? predicted.replaceAll('value', '1') : predicted }]
  })
}

function databasesOf({ databases, suite, likeReference }: ScoreRequest): Databases {
  const known = new Map<string, Promise<string[]>>()
  const filesIn = (folder: string, database: string) => {
    const files = known.get(`${folder}\n${database}`) ?? suiteFiles(folder, database)
    known.set(`${folder}\n${database}`, files)
    return files
  }
  return async ({ database, file }) => ({
    // The reference takes every database that lies in the folder.
    ex: likeReference ? await filesIn(databases, database) : [file],
    ts: suite === null ? [] : await filesIn(suite, database),
  })
}
