import type { Review } from '../conversation/reviews.ts'

/** What people have taught and complained about, as commands see it. Opened without a model. */
export type KnowledgeHost = {
  /** The audit log of the last days as CSV. */
  audit(days: number): Promise<string>
  glossary: {
    list(database: string): Promise<{ term: string; meaning: string }[]>
    put(database: string, entry: { term: string; meaning: string }): Promise<void>
    /** False where there was none. */
    remove(database: string, term: string): Promise<boolean>
  }
  reviews: {
    list(): Promise<Review[]>
    settle(questionId: string): Promise<void>
    makeCase(questionId: string, sql: string): Promise<void>
  }
}
