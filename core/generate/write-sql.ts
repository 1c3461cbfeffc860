import type { Generation, Generator, Message } from '#models/generator.ts'
import type { Candidate } from '../trace.ts'
import { extractSql } from './extract-sql.ts'
import { NO_ANSWER } from './no-answer.ts'

export type WriteRequest = {
  messages: Message[]
  keptMessages: number
  origin: Candidate['origin']
  /** 1: the likeliest query, greedily. More: that many sampled ones. */
  count: number
  onText?: (piece: string) => void
  /** Called with each query once it is written, doubles too. */
  onCandidate?: (candidate: Candidate) => void
  signal?: AbortSignal
}

/** Longest query that is waited for; the 95th percentile of Spider's gold queries has 75 tokens. */
const MAX_TOKENS = 256

/** The model is made to begin with a fenced block, so that it writes SQL at once. */
export const PREFILL = '```sql\n'

/**
 * Queries that the model proposes, without doubles, likeliest first; texts that hold no SQL fall away. That something is missing is never
 * written in place of a query: how likely that was goes with each.
 */
export async function writeSql(generator: Generator, request: WriteRequest): Promise<Candidate[]> {
  const { origin, count, onCandidate, ...rest } = request
  const sampling = count > 1 ? { temperature: 0.8, topP: 0.95 } : { temperature: 0 }
  const generations = await generator.generate({
    ...rest,
    ...sampling,
    count,
    maxTokens: MAX_TOKENS,
    prefill: PREFILL,
    // Only an adapter was taught to say so: that another model would hardly do it means nothing.
    ...(generator.identity.adapter && { withhold: NO_ANSWER }),
    stop: ['```', ';'],
    ...(onCandidate && { onCandidate: (generation) => candidate(generation, origin).forEach(onCandidate) }),
  })
  const candidates = generations.flatMap((generation) => candidate(generation, origin))
  return candidates
    .filter((one, index) => candidates.findIndex((other) => other.sql === one.sql) === index)
    .sort((one, other) => (other.logProb ?? 0) - (one.logProb ?? 0))
}

function candidate({ text, logProb, finished, withheldLogProb }: Generation, origin: Candidate['origin']): Candidate[] {
  // A query that was cut off by the limit is no query.
  const sql = finished === 'stop' ? extractSql(`${PREFILL}${text}`) : null
  const noAnswer = withheldLogProb === undefined ? {} : { noAnswerLogProb: withheldLogProb }
  return sql ? [{ sql, origin, logProb, ...noAnswer }] : []
}
