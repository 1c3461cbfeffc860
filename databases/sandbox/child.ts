import { jobs } from './jobs.ts'
import { serveJobs } from './serve-jobs.ts'

// The program of a sandbox process.
serveJobs(jobs)
