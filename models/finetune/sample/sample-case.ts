import { complain } from '#core/doubt/complain.ts'
import { writeSql } from '#core/generate/write-sql.ts'
import { groupBy } from '#core/group-by.ts'
import { isEmpty, resultKey } from '#core/ran.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import type { Generator } from '#models/generator.ts'
import { fitExample } from '../export/fit-example.ts'
import { normaliseSql } from '../export/normalise-sql.ts'
import { renderExample } from '../export/render-example.ts'
import type { TrainingExample } from '../export/training-example.ts'

export type SampleCase = { id: string; database: string; question: string; sql: string; file: string }

/** How right ones are told: by the gold query's result, or, for a better model than the one that is trained, by the vote of its samples. */
export type Judging = 'gold' | 'vote'

export type SampleParts = {
  generator: Generator
  /** Queries a question. */
  samples: number
  judging: Judging
  /** Whether a query gives what the gold query gives. */
  isRight(pair: { gold: string; predicted: string; file: string }): Promise<boolean>
  now: Date
  signal: AbortSignal
}

/** A query with how often it was written and what came of it: `result` is empty where it found nothing, null where it did not run. */
type Sampled = { sql: string; votes: number; result: string | null; right: boolean }

const DEADLINE_MS = 5_000
const MOST_ROWS = 2_000
/** Different right queries that are kept of a question. */
const MOST_RIGHT = 2

/** What can be learnt from the samples of one question: right queries in different words, and the likeliest failing one with its repair. */
export async function sampleCase(
  one: SampleCase,
  database: OpenDatabase,
  parts: SampleParts,
): Promise<TrainingExample[]> {
  const plain: TrainingExample = { source: 'sampled', text: one.question, sql: '', now: parts.now }
  const sampled = await judged(one, await ranSamples(plain, database, parts), parts)
  const right = sampled.filter((sample) => sample.right)
  const [best] = right
  if (!best) return []
  const kept = right.slice(0, MOST_RIGHT).map(({ sql }) => ({ ...plain, sql }))
  const failing = sampled.filter((sample) => sample.result === null)
  const failed = await firstFailure(plain, failing, database, parts)
  return failed ? [...kept, { ...plain, sql: best.sql, failed }] : kept
}

/** The likeliest query that still fails once serving has mended it, and what serving says about it. */
async function firstFailure(
  plain: TrainingExample,
  failing: Sampled[],
  { schema, values, run }: OpenDatabase,
  { generator, signal }: SampleParts,
): Promise<TrainingExample['failed']> {
  for (const { sql: written } of failing) {
    const { sql, unknownNames: unknown } = fitExample(written, plain, { schema, values, generator })
    const { outcome } = await run(sql, { deadlineMs: DEADLINE_MS, maxRows: 1, signal })
    if (outcome.kind === 'rows') continue
    return { sql, complaint: complain({ kind: 'failed', message: outcome.message, unknown }, schema) }
  }
  return undefined
}

/** The samples in our spelling, most written first, each run once. */
async function ranSamples(plain: TrainingExample, database: OpenDatabase, parts: SampleParts): Promise<Sampled[]> {
  const { schema, values } = database
  const { messages, keptMessages } = renderExample(plain, { schema, values, generator: parts.generator })
  const written: string[] = []
  await writeSql(parts.generator, {
    messages,
    keptMessages,
    origin: 'sample',
    count: parts.samples,
    onCandidate: ({ sql }) => void written.push(normaliseSql(sql, schema)),
    signal: parts.signal,
  })
  const sampled: Sampled[] = []
  for (const [sql, alike] of groupBy(written, (text) => text)) {
    const { outcome } = await database.run(sql, { deadlineMs: DEADLINE_MS, maxRows: MOST_ROWS, signal: parts.signal })
    const found = outcome.kind === 'rows' && !isEmpty(outcome) ? resultKey(outcome) : ''
    sampled.push({ sql, votes: alike.length, result: outcome.kind === 'rows' ? found : null, right: false })
  }
  return sampled.sort((left, right) => right.votes - left.votes)
}

async function judged({ sql: gold, file }: SampleCase, sampled: Sampled[], parts: SampleParts): Promise<Sampled[]> {
  if (parts.judging === 'vote') {
    const chosen = votedFor(sampled)
    return sampled.map((one) => ({ ...one, right: chosen !== null && one.result === chosen }))
  }
  const all: Sampled[] = []
  for (const one of sampled) {
    // Two empty results agree whatever was asked.
    const right = Boolean(one.result) && (await parts.isRight({ gold, predicted: one.sql, file }))
    all.push({ ...one, right })
  }
  return all
}

/** The result that more than half of the samples gave, if it holds anything: where they differ more, nobody knows. */
function votedFor(sampled: Sampled[]): string | null {
  const votes = (some: Sampled[]) => some.reduce((sum, one) => sum + one.votes, 0)
  const groups = [
    ...groupBy(
      sampled.filter(({ result }) => result),
      ({ result }) => result,
    ),
  ]
  const found = groups.find(([, alike]) => votes(alike) * 2 > votes(sampled))
  return found?.[0] ?? null
}
