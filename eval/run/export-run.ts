import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RowbotError } from '#core/rowbot-error.ts'
import type { ResultRecord } from '#databases/state/evaluation-record.ts'
import type { EvaluationStore } from '#databases/state/evaluation-store.ts'
import { oneLine } from './one-line.ts'

/**
 * Writes a run into a new folder: `run.json` (everything that is needed to repeat it), `results.jsonl` (a case a line, with its trace),
 * and `predicted.sql` beside `gold.sql`, a query a line, for other people's scorers. The folder appears only once it is whole.
 */
export async function exportRun(store: EvaluationStore, id: string, folder: string): Promise<void> {
  if (existsSync(folder)) throw alreadyThere(folder)
  const run = store.find(id)
  const partial = `${folder}.${process.pid}.partial`
  mkdirSync(partial, { recursive: true })
  try {
    writeFileSync(join(partial, 'run.json'), `${JSON.stringify({ ...run, ...store.progress(run.id) }, null, 2)}\n`)
    const files: [string, (result: ResultRecord) => string][] = [
      ['results.jsonl', (result) => JSON.stringify(result)],
      ['predicted.sql', ({ sql }) => oneLine(sql ?? NO_QUERY)],
      ['gold.sql', ({ case: { gold, database } }) => `${oneLine(gold)}\t${database}`],
    ]
    for (const [name, lineOf] of files) await writeLines(join(partial, name), store.results(run.id), lineOf)
    renameSync(partial, folder)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
}

/** A line of its own, which no database runs: an empty one would shift all that follow. */
const NO_QUERY = 'SELECT'

async function writeLines<T>(path: string, items: Iterable<T>, lineOf: (item: T) => string): Promise<void> {
  const file = createWriteStream(path)
  const finished = once(file, 'close')
  for (const item of items) if (!file.write(`${lineOf(item)}\n`)) await once(file, 'drain')
  file.end()
  await finished
}

function alreadyThere(folder: string): RowbotError {
  return new RowbotError({
    code: 'folder-exists',
    message: `${folder} exists already.`,
    advice: 'Name a folder that does not exist yet.',
  })
}
