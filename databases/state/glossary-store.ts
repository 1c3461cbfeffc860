import { randomUUID } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { glossary } from './knowledge-tables.ts'
import type { StoreParts } from './store-parts.ts'

/** What a word means in a database. */
export type GlossaryEntry = { id: string; databaseId: string; term: string; meaning: string; addedBy: string | null }

/** Definitions per database; a term is defined once, whatever its case. */
export type GlossaryStore = {
  list(databaseId: string): GlossaryEntry[]
  /** Adds a term, or gives it its new meaning. */
  put(entry: Omit<GlossaryEntry, 'id'>): void
  /** False where there was none. */
  remove(databaseId: string, term: string): boolean
}

export function createGlossaryStore({ db, guard, now }: StoreParts): GlossaryStore {
  const { id, databaseId: database, term, meaning, addedBy } = glossary
  return {
    list: (databaseId) =>
      guard(() =>
        db
          .select({ id, databaseId: database, term, meaning, addedBy })
          .from(glossary)
          .where(eq(glossary.databaseId, databaseId))
          .orderBy(asc(glossary.term))
          .all(),
      ),
    put: (entry) =>
      guard(() => {
        const { term, meaning, addedBy } = entry
        db.insert(glossary)
          .values({ id: randomUUID(), ...entry, addedAt: now().toISOString() })
          .onConflictDoUpdate({ target: [glossary.databaseId, glossary.term], set: { term, meaning, addedBy } })
          .run()
      }),
    remove: (databaseId, term) =>
      guard(
        () =>
          db
            .delete(glossary)
            .where(and(eq(glossary.databaseId, databaseId), eq(glossary.term, term)))
            .run().changes > 0,
      ),
  }
}
