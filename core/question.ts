/** Who asks. Locale (BCP 47), time zone (IANA) and week start decide periods, numbers and dates. */
export type Asker = { id: string; locale: string; timeZone: string; weekStart: 'monday' | 'sunday' }

/** An earlier exchange that a follow-up question refers to; `id` is its question's, where it was remembered. */
export type Turn = { question: string; sql: string; id?: string }

export type Question = {
  id: string
  text: string
  /** Ids or names of the databases in reach: one is asked, several are routed among. */
  databases: string[]
  asker: Asker
  /** Whose history it goes into; default 'local'. */
  workspaceId?: string
  follows?: Turn
}
