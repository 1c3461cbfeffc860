import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SensitiveColumn } from '../sandbox/executor.ts'
import type { Schema } from '../schema/schema.ts'

/**
 * What databases hold, on disk: their schemas as they were last read, with the texts among their values and the ends of their dates only. Enough to choose between
 * databases without looking at any of their files.
 */
export type KeptOutlines = {
  /** Failing to keep (a full disk) only costs time later, so it is not an error. */
  keep(owner: string, source: OutlineSource, schema: Schema): Promise<void>
  /** Null where nothing is kept, or only what was read of another file or with other columns kept back. */
  find(owner: string, source: OutlineSource): Promise<Schema | null>
  remove(owner: string): Promise<void>
}

export type OutlineSource = { path: string; sensitive: SensitiveColumn[] }

type Kept = { source: string; schema: Schema }

/** Keeps the outlines in a folder, one file for each database. */
export function createKeptOutlines(folder: string): KeptOutlines {
  const fileOf = (owner: string) => join(folder, `${owner}.json`)
  return {
    async keep(owner, source, schema) {
      const draft = join(folder, `${owner}.${randomUUID()}`)
      const kept: Kept = { source: sourceKey(source), schema: outlineOf(schema) }
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(draft, JSON.stringify(kept), { mode: 0o600 })
        await rename(draft, fileOf(owner))
      } catch {
        await rm(draft, { force: true }).catch(() => undefined)
      }
    },
    async find(owner, source) {
      try {
        const kept: Kept = JSON.parse(await readFile(fileOf(owner), 'utf8'))
        return kept.source === sourceKey(source) ? kept.schema : null
      } catch {
        return null
      }
    },
    remove: (owner) => rm(fileOf(owner), { force: true }),
  }
}

/** Counted up whenever outlines change their form, so that older ones are not taken for new ones. */
const FORM = 2

function sourceKey({ path, sensitive }: OutlineSource): string {
  return JSON.stringify([FORM, path, sensitive])
}

function outlineOf(schema: Schema): Schema {
  const tables = schema.tables.map((table) => ({
    ...table,
    columns: table.columns.map(({ range, values, ...column }) => ({
      ...column,
      ...(range && column.dateFormat && { range }),
      values: values.filter((value) => typeof value === 'string'),
    })),
  }))
  return { ...schema, tables }
}
