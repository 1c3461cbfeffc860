import { createHash } from 'node:crypto'
import type { Turn } from '#core/question.ts'
import type { CaseRecord } from '#databases/state/evaluation-record.ts'
import type { DatasetCase } from '../datasets/dataset-case.ts'

/** A case as a run asks and scores it. */
export type RunCase = DatasetCase & {
  /** Distilled databases for the test-suite accuracy; empty where there are none. */
  suiteFiles: string[]
  hardness: string | null
  /** The turn before it, where it is a follow-up. */
  turn?: Turn
  /** Id of the case of one's own that this is, and of the registered database that it is asked of. */
  own?: { caseId: string; databaseId: string }
}

/** The case as it is remembered, with a hash of all that decides its score. */
export function caseRecord(one: RunCase): CaseRecord {
  const { id, database, question, accepted, evidence, turn, askedAt, hardness, own } = one
  const said = [
    database,
    id,
    question,
    accepted,
    turn?.question,
    turn?.sql,
    askedAt,
    ...(evidence === undefined ? [] : [evidence]),
  ]
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32)
  const gold = accepted[0] ?? UNANSWERABLE
  return { hash, caseId: id, database, question, gold, hardness, ownCaseId: own?.caseId ?? null }
}

/** Names a set of cases: a hash of everything that decides their scores. */
export function hashOfCases(hashes: string[]): string {
  return createHash('sha256')
    .update([...hashes].sort().join('\n'))
    .digest('hex')
    .slice(0, 16)
}

/** Stands for the gold query where no answer is the right one. */
export const UNANSWERABLE = '(no answer)'
