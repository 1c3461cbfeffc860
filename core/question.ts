/** Who asks. Locale (BCP 47), time zone (IANA) and week start decide periods, numbers and dates. */
export type Asker = { id: string; locale: string; timeZone: string; weekStart: 'monday' | 'sunday' }

/**
 * An earlier exchange that a follow-up question refers to; `id` is its question's, where it was remembered. `earlier` are the questions that
 * it followed up itself, oldest first, as far back as their periods are still asked for: "and April?" is of the year that one of them named.
 */
export type Turn = { question: string; sql: string; id?: string; earlier?: string[] }

/** What a word or phrase means in a database, as its people have written it down. */
export type GlossaryEntry = { term: string; meaning: string }

export type Question = {
  id: string
  text: string
  /** Ids or names of the databases in reach: one is asked, several are routed among. */
  databases: string[]
  asker: Asker
  /** Whose history it goes into; default 'local'. */
  workspaceId?: string
  follows?: Turn
  /** Entries of the database's glossary that the question uses. */
  glossary?: GlossaryEntry[]
  /** Similar questions with queries that people have verified, shown to the model as earlier turns. */
  examples?: Turn[]
}
