import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The path of a vendor's published specification, kept beside the repository in `specs/` or `shared/specs/`; null where it is not. */
export function findSpecification(name: string): string | null {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (folder !== dirname(folder)) {
    folder = dirname(folder)
    for (const place of ['specs', 'shared/specs']) {
      const path = join(folder, place, name)
      if (existsSync(path)) return path
    }
  }
  return null
}
