import { keepOpen } from '#databases/sandbox/connections.ts'
import { serveJobs } from '#databases/sandbox/serve-jobs.ts'
import { checkGold, compareOnFiles } from './compare-on-files.ts'

/** What a scoring process can do, by name. */
export const scoringJobs = { compare: compareOnFiles, 'check-gold': checkGold }

// A database of Spider's test suite comes in up to a hundred variants, which every question goes round.
keepOpen(128)
serveJobs(scoringJobs)
