import type { DatabaseRecord } from '../state/database-record.ts'
import type { DatabaseRegistry } from './database-registry.ts'

/** A registry in which files that are not registered can be asked too. */
export type RegistryWithFiles = DatabaseRegistry & {
  /**
   * Puts a file within reach of this process only; gives the id under which it is found and opened, always in its
   * present state.
   */
  borrow(path: string): Promise<string>
}

/**
 * Files stand beside the registered databases. Only who may name any file on this machine may borrow one: never a web
 * request or a chat.
 */
export function withFiles(registry: DatabaseRegistry): RegistryWithFiles {
  const files = new Map<string, { path: string; record: DatabaseRecord }>()
  return {
    ...registry,
    find: (idOrName, workspaceId) => files.get(idOrName)?.record ?? registry.find(idOrName, workspaceId),
    open(idOrName) {
      const file = files.get(idOrName)
      return file ? registry.openFile(file.path) : registry.open(idOrName)
    },
    async borrow(path) {
      const { record } = await registry.openFile(path)
      files.set(record.id, { path, record })
      return record.id
    },
  }
}
