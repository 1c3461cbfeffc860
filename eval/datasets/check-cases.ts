import { RowbotError } from '#core/rowbot-error.ts'
import type { DatasetCase } from './dataset-case.ts'
import { isThere } from './is-there.ts'

/**
 * Makes sure that cases can be asked: every id once, every follow-up after a case that is there, every database in its place.
 * @throws RowbotError that names what is wrong.
 */
export async function checkCases(cases: DatasetCase[], source: string): Promise<void> {
  const ids = new Set<string>()
  for (const { id, follows } of cases) {
    if (ids.has(id)) throw broken(`${source}: the id ${id} is there twice.`, 'Give every case an id of its own.')
    if (follows !== undefined && !ids.has(follows)) {
      throw broken(`${source}: ${id} follows ${follows}, which does not come before it.`, 'Put the earlier turn first.')
    }
    ids.add(id)
  }
  await requireFiles(cases, source)
}

/** Makes sure that every database is in its place. */
export async function requireFiles(cases: { file: string }[], source: string): Promise<void> {
  const files = [...new Set(cases.map(({ file }) => file))]
  const missing = await Promise.all(files.map(async (file) => ((await isThere(file)) ? null : file)))
  const [first, ...more] = missing.filter((file) => file !== null)
  if (first === undefined) return
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  throw broken(
    `${source}: there is no database ${first}${others}.`,
    'Unpack the data set with its databases, or give the folder that holds them: --db-dir, for Spider --spider.',
  )
}

function broken(message: string, advice: string): RowbotError {
  return new RowbotError({ code: 'dataset-broken', message, advice })
}
