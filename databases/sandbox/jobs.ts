import { checkFile } from '../registry/check-file.ts'
import { loadCsv } from '../registry/load-csv.ts'
import { loadDump } from '../registry/load-dump.ts'
import { introspect } from '../schema/introspect.ts'
import { listColumns } from '../schema/list-columns.ts'
import { schemaFromDdl } from '../schema/schema-from-ddl.ts'
import { indexValues } from '../value-index/index-values.ts'
import { runQuery } from './run-query.ts'

/**
 * What a sandbox process can do, by name. Each entry is a plain synchronous function that runs inside the child, so an
 * endless query or a hostile file costs that process and nothing else. Arguments and results cross the process border by
 * structured clone: no functions, no class instances. A `DatabaseError` thrown here arrives as one at the caller.
 */
export const jobs = {
  query: runQuery,
  introspect,
  'list-columns': listColumns,
  'schema-from-ddl': schemaFromDdl,
  'index-values': indexValues,
  'check-file': checkFile,
  'load-csv': loadCsv,
  'load-dump': loadDump,
}

/** Those that may take minutes, and that nobody waits for with a question. */
export const slowJobs: ReadonlySet<string> = new Set<JobName>(['index-values', 'check-file', 'load-csv', 'load-dump'])

export type JobName = keyof typeof jobs
export type JobArgs<Name extends JobName> = Parameters<(typeof jobs)[Name]>[0]
export type JobResult<Name extends JobName> = ReturnType<(typeof jobs)[Name]>
