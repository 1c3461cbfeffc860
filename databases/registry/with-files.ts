import type { SensitiveColumn } from '../sandbox/executor.ts'
import type { DatabaseRecord } from '../state/database-record.ts'
import type { DatabaseRegistry } from './database-registry.ts'

/** A registry in which files that are not registered can be asked too. */
export type RegistryWithFiles = DatabaseRegistry & {
  /**
   * Puts a file within reach of this process only; gives the id under which it is found and opened, always in its
   * present state. `hidden` columns are kept back from everything.
   */
  borrow(path: string, hidden?: SensitiveColumn[]): Promise<string>
}

/**
 * Files stand beside the registered databases. Only who may name any file on this machine may borrow one: never a web
 * request or a chat.
 */
export function withFiles(registry: DatabaseRegistry): RegistryWithFiles {
  const files = new Map<string, { path: string; sensitive: SensitiveColumn[]; record: DatabaseRecord }>()
  const open: DatabaseRegistry['open'] = (idOrName) => {
    const file = files.get(idOrName)
    return file ? registry.openFile(file.path, file) : registry.open(idOrName)
  }
  return {
    ...registry,
    find: (idOrName, workspaceId) => files.get(idOrName)?.record ?? registry.find(idOrName, workspaceId),
    survey: (idOrName) => (files.has(idOrName) ? open(idOrName) : registry.survey(idOrName)),
    open,
    async borrow(path, sensitive = []) {
      const { record } = await registry.openFile(path, { sensitive })
      files.set(record.id, { path, sensitive, record })
      return record.id
    },
  }
}
