import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { Schema } from '../schema/schema.ts'
import type { IndexValuesArgs } from '../value-index/index-values.ts'
import { type OpenValueIndex, openValueIndex, type ValueIndex } from '../value-index/value-index.ts'
import { textColumns } from './text-columns.ts'

/** A value index that is built in the background and kept on disk. */
export type BackgroundValues = ValueIndex & {
  /**
   * Follows the database to a new state. The old index serves until the new one is there, unless it holds a column that
   * is gone.
   */
  follow(source: ValueSource): void
  close(): Promise<void>
}

/** `version` names the state of the file's data. */
export type ValueSource = { path: string; version: string; schema: Schema }

type Options = { sandbox: Sandbox; folder: string; owner: string; budget: IndexValuesArgs['budget'] }

// A database that is written all the time must not be indexed all the time.
const minPauseMs = 60_000
const deadlineBeyondBudgetMs = 30_000

export function createBackgroundValues(options: Options): BackgroundValues {
  const closing = new AbortController()
  let open: OpenValueIndex | undefined
  let current: { file: string; columns: string; builtAt: number } | undefined
  let building: Promise<void> | undefined
  let ready: Promise<void> = Promise.resolve()

  const build = async (source: ValueSource, file: string, columns: string) => {
    const path = await buildFile(options, source, file, closing.signal)
    if (path === undefined || closing.signal.aborted) return
    open?.close()
    open = await openOrRemove(path)
    current = { file, columns, builtAt: Date.now() }
    await removeOthers(options, file)
  }
  return {
    match: (text, limit) => open?.match(text, limit) ?? [],
    get ready() {
      return ready
    },
    follow: (source) => {
      const columns = JSON.stringify(textColumns(source.schema))
      const file = `${options.owner}-${source.schema.hash}-${source.version}.sqlite`
      if (current !== undefined && current.columns !== columns) {
        open?.close()
        open = undefined
        current = undefined
      }
      const isRecent = current !== undefined && Date.now() - current.builtAt < minPauseMs
      if (closing.signal.aborted || building || current?.file === file || isRecent) return
      building = build(source, file, columns)
        // Without an index questions are still answered, only typing errors in names are not found.
        .catch(() => undefined)
        .finally(() => {
          building = undefined
        })
      if (open === undefined) ready = building
    },
    close: async () => {
      closing.abort()
      await building
      open?.close()
      open = undefined
    },
  }
}

/** Removes all that is kept of an owner's indexes. */
export async function removeValues(folder: string, owner: string): Promise<void> {
  await removeOthers({ folder, owner }, undefined)
}

/** A file that cannot be opened would be in the way of every later try. */
async function openOrRemove(path: string): Promise<OpenValueIndex> {
  try {
    return openValueIndex(path)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function buildFile(
  { sandbox, folder, owner, budget }: Options,
  { path, schema }: ValueSource,
  file: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const columns = textColumns(schema)
  if (columns.length === 0) return undefined
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, file)
  if ((await readdir(folder)).includes(file)) return target
  const out = join(folder, `${owner}-${process.pid}.building`)
  try {
    await rm(out, { force: true })
    const deadlineMs = budget.ms + deadlineBeyondBudgetMs
    await sandbox.job('index-values', { path, out, columns, budget }, { deadlineMs, signal })
    await rename(out, target)
    return target
  } finally {
    await rm(out, { force: true })
  }
}

async function removeOthers({ folder, owner }: { folder: string; owner: string }, kept: string | undefined) {
  const files = await readdir(folder).catch(() => [])
  const old = files.filter((file) => file.startsWith(`${owner}-`) && file !== kept)
  await Promise.all(old.map((file) => rm(join(folder, file), { force: true })))
}
