import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openValueIndex, type ValueIndex } from '../value-index/value-index.ts'

/** The values of a database that is not open, as its kept index knows them: the index is open only as long as a match takes. */
export function keptValues(folder: string, owner: string): Pick<ValueIndex, 'match'> {
  return {
    match(text, limit) {
      try {
        const file = readdirSync(folder).find((name) => name.startsWith(`${owner}-`) && name.endsWith('.sqlite'))
        if (file === undefined) return []
        const index = openValueIndex(join(folder, file))
        try {
          return index.match(text, limit)
        } finally {
          index.close()
        }
      } catch {
        // Another process may have removed it meanwhile; a question is routed by what else is known.
        return []
      }
    },
  }
}
