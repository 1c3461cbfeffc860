import type { Asker } from '#core/question.ts'
import { type ManagedDatabases, manageDatabases } from '../conversation/manage-databases.ts'
import type { Shelf } from './host.ts'

type Column = { table: string; column: string }
type About = { name: string; description: string }

export type ShelfParts = {
  databases: ManagedDatabases & {
    addPath(path: string, about: About): Promise<{ record: { id: string }; warnings: string[] }>
    refresh(id: string): Promise<unknown>
    setSensitive(id: string, columns: Column[]): Promise<unknown>
  }
  /** Id of the sample shop; null where there is none. */
  sampleId: string | null
  asker: Asker
  forget(personId: string): number
  close(): Promise<void>
}

/** Databases as the command line manages them: what every front end offers, and what only somebody on this machine may do. */
export function openShelf({ databases, sampleId, asker, forget, close }: ShelfParts): Shelf {
  const managed = manageDatabases(databases, sampleId)
  const known = (idOrName: string) => databases.find(idOrName)?.id ?? idOrName
  return {
    asker,
    databases: {
      ...managed,
      async addPath(path, about) {
        const { record, warnings } = await databases.addPath(path, about)
        return { ...(await managed.show(record.id, asker)), warnings }
      },
      refresh: async (idOrName) => void (await databases.refresh(known(idOrName))),
      setSensitive: async (idOrName, columns) => void (await databases.setSensitive(known(idOrName), columns)),
    },
    forget,
    close,
  }
}
