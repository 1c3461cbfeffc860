import { setMaxListeners } from 'node:events'
import type { KeyColumns } from '../score/exact-set/comparable-sql-parts.ts'
import { type ExactSetScore, scoreExactSet } from '../score/exact-set/score-exact-set.ts'
import type { SpiderSchema } from '../score/exact-set/spider-sql.ts'
import type { Score, Scorer } from '../score/open-scorer.ts'
import type { GoldCase } from './read-gold.ts'

export type Prediction = GoldCase & { predicted: string }

/**
 * A prediction with what it scored. `ts` is null where there are no distilled databases, `exactSet` where the gold query cannot be read,
 * `softF1` where BIRD's rule was not asked for.
 */
export type ScoredPrediction = Prediction & {
  ex: Score
  ts: Score | null
  exactSet: ExactSetScore
  softF1: number | null
}

/** Which databases a prediction is scored on: those of EX, and those of TS, none where it is not asked or there are none. */
export type Databases = (one: Prediction) => Promise<{ ex: string[]; ts: string[] }>

/** Scores predictions, all that the scorer's processes can take at once. */
export async function scorePredictions(work: {
  predictions: Prediction[]
  scorer: Scorer
  /** Whose execution accuracy: Spider's bags under some order of the columns, or BIRD's sets. */
  rule: 'spider' | 'bird'
  databases: Databases
  /** The foreign keys of each database, for exact-set match. */
  keys: Map<string, KeyColumns>
  onProgress?: (done: number) => void
  signal?: AbortSignal
}): Promise<ScoredPrediction[]> {
  const { predictions, scorer, rule, databases, keys, onProgress } = work
  const signal = forMany(work.signal)
  const schemas = new Map<string, Promise<SpiderSchema>>()
  const schemaOf = (file: string) => {
    const schema = schemas.get(file) ?? scorer.tables(file, signal)
    schemas.set(file, schema)
    return schema
  }
  const onSpider = async (one: Prediction) => {
    const files = await databases(one)
    const ex = await scorer.scoreTs({ ...one, files: files.ex }, signal)
    const ts = files.ts.length === 0 ? null : await scorer.scoreTs({ ...one, files: files.ts }, signal)
    return { ex, ts, softF1: null }
  }
  const onBird = async (one: Prediction) => {
    const { softF1, ...ex } = await scorer.scoreBird(one, signal)
    return { ex, ts: null, softF1 }
  }
  let done = 0
  const score = async (one: Prediction): Promise<ScoredPrediction> => {
    const { ex, ts, softF1 } = await (rule === 'bird' ? onBird(one) : onSpider(one))
    const exactSet = scoreExactSet(one, { schema: await schemaOf(one.file), keys: keys.get(one.database) ?? new Map() })
    onProgress?.(++done)
    return { ...one, ex, ts, exactSet, softF1 }
  }
  return Promise.all(predictions.map(score))
}

/** A signal that everything under way may listen to. */
function forMany(signal: AbortSignal | undefined): AbortSignal | undefined {
  const own = signal && AbortSignal.any([signal])
  if (own) setMaxListeners(0, own)
  return own
}
