import { closeSync, createReadStream, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate'

/**
 * Unpacks the files of an archive for which `place` names a path below the folder. Gives how many there were.
 * @throws Error where the archive is damaged or ends too early.
 */
export async function unzipInto(
  archive: string,
  folder: string,
  { place, signal }: { place: (name: string) => string | null; signal?: AbortSignal },
): Promise<number> {
  let begun = 0
  let ended = 0
  const unzip = new Unzip((file) => {
    const path = place(file.name)
    if (path === null) return
    begun += 1
    save(file, join(folder, path), () => {
      ended += 1
    })
  })
  unzip.register(UnzipInflate)
  for await (const chunk of createReadStream(archive, { signal, highWaterMark: 1 << 20 })) unzip.push(chunk as Buffer)
  unzip.push(new Uint8Array(), true)
  if (ended < begun) throw new Error('the archive ends in the middle of a file')
  return begun
}

/** Pieces come while the archive is read, and one after another. */
function save(file: UnzipFile, path: string, onEnd: () => void): void {
  mkdirSync(dirname(path), { recursive: true })
  const target = openSync(path, 'w')
  file.ondata = (error, data, final) => {
    if (error === null) writeSync(target, data)
    if (error !== null || final) closeSync(target)
    if (error !== null) throw error
    if (final) onEnd()
  }
  file.start()
}
