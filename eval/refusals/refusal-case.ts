import type { SensitiveColumn } from '#databases/sandbox/executor.ts'
import type { DatasetCase } from '../datasets/dataset-case.ts'

/** Why a question has no answer, or that it has one. */
export type RefusalKind = 'answerable' | 'near-miss' | 'alien' | 'by-hand'

/** A question to a database, parts of which are kept back. `gold` is scored against where there is an answer. */
export type RefusalCase = {
  kind: RefusalKind
  database: string
  file: string
  question: string
  hidden: SensitiveColumn[]
  gold: DatasetCase | null
}
