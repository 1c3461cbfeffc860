import { readFile } from 'node:fs/promises'
import { RowbotError } from '#core/rowbot-error.ts'
import type { Conversation, DatabaseView } from '../conversation/conversation.ts'
import type { ReplyTable } from '../reply/reply.ts'

export type ScriptedDatabase = DatabaseView & { samples: Record<string, ReplyTable> }

/** Databases in memory that can be shown, added, replaced and removed. A file that begins with "broken" is refused, one that begins with "salary" warned of. */
export function scriptDatabases(databases: ScriptedDatabase[]): Conversation['databases'] {
  const views = [...databases]
  const find = (id: string) => views.find((view) => view.id === id) ?? gone('database')
  return {
    list: async () => views,
    show: async (id) => find(id),
    sampleRows: async (id, table) => find(id).samples[table] ?? gone('table'),
    async add({ name, description, files }) {
      const warnings = await check(files)
      const view: ScriptedDatabase = {
        id: `db-${views.length + 1}`,
        name,
        description,
        source: 'upload',
        dataAge: 'Data up to 14 Nov 2026',
        tableCount: files.length,
        examples: [],
        tables: [],
        warnings,
        samples: {},
      }
      views.push(view)
      return view
    },
    async replace(id, { files }) {
      await check(files)
      return Object.assign(find(id), { dataAge: 'Data up to 20 Nov 2026' })
    },
    async remove(id) {
      views.splice(views.indexOf(find(id)), 1)
    },
  }
}

async function check(files: { name: string; path: string }[]): Promise<string[]> {
  const warnings: string[] = []
  for (const { name, path } of files) {
    const start = (await readFile(path)).subarray(0, 6).toString()
    if (start === 'salary') warnings.push(`${name} seems to hold personal data.`)
    if (start !== 'broken') continue
    throw new RowbotError({
      code: 'not-a-database',
      message: `${name} is not a database.`,
      advice: 'Choose a SQLite, CSV, TSV or SQL file.',
    })
  }
  return warnings
}

/** The error of naming what is not there. */
export function gone(what: string): never {
  throw new RowbotError({
    code: 'not-found',
    message: `There is no such ${what}.`,
    advice: 'It may have been removed.',
  })
}
