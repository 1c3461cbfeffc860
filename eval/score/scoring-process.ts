import { keepOpen } from '#databases/sandbox/connections.ts'
import { serveJobs } from '#databases/sandbox/serve-jobs.ts'
import { compareBird } from './bird/compare-bird.ts'
import { checkGold, compareOnFiles } from './compare-on-files.ts'
import { readTables } from './exact-set/read-tables.ts'
import { readDdl } from './read-ddl.ts'

// A sandbox of its own, beside that for people's queries: of all that is outside of databases/, only what runs in here talks to the driver.

/** What a scoring process can do, by name. */
const scoringJobs = {
  compare: compareOnFiles,
  'check-gold': checkGold,
  'compare-bird': compareBird,
  tables: readTables,
  ddl: readDdl,
}

export type ScoringJob = keyof typeof scoringJobs

// A database of Spider's test suite comes in up to a hundred variants, which every question goes round.
keepOpen(128)
serveJobs(scoringJobs)
