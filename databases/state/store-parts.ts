import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Guard } from './state-error.ts'

/** What a store works with: the state's tables, what puts SQLite's failures into words, and the clock. */
export type StoreParts = { db: BetterSQLite3Database; guard: Guard; now: () => Date }
