import { existsSync, realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'

/**
 * How paths are kept in the state of a data directory: those inside it relative to it, with `/`, so that the directory may
 * be moved, or be seen under another path; all others as they are.
 */
export type PlaceInHome = { kept(path: string): string; absolute(kept: string): string }

export function placeInHome(home: string): PlaceInHome {
  const folders = [resolve(home), existsSync(home) ? realpathSync(home) : resolve(home)]
  return {
    kept: (path) => {
      const places = isAbsolute(path) ? folders.map((folder) => relative(folder, path)) : []
      const inside = places.find((place) => place !== '' && place.split(sep)[0] !== '..' && !isAbsolute(place))
      return inside === undefined ? path : inside.split(sep).join('/')
    },
    absolute: (kept) => resolve(home, kept),
  }
}
