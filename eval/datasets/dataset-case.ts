/** One question of a data set, what answers it, and the SQLite file that it is asked of. */
export type DatasetCase = {
  /** Different from that of every other case of the data set. */
  id: string
  database: string
  question: string
  /** Queries that count as right, the data set's own first; none where the database holds no answer. */
  accepted: string[]
  file: string
  /** What the asker knows beside the question (BIRD). */
  evidence?: string
  /** Id of the case whose answer the question follows up, the turn before it. */
  follows?: string
  /** The moment from which "last week" counts; default now. */
  askedAt?: string
}

/** The question as it is asked: with what the asker knows, where the data set says that. */
export function askedText({ question, evidence }: DatasetCase): string {
  return evidence === undefined ? question : `${question} (${evidence})`
}

/** A case with the query that the data set gives for it, or '' where no query answers it. */
export function goldOf({ accepted }: DatasetCase): string {
  return accepted[0] ?? ''
}
