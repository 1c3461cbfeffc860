import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Names what some files hold, wherever they lie and in whatever order: a hash of their hashes, each file once. */
export async function hashOfFiles(files: Iterable<string>, signal?: AbortSignal): Promise<string> {
  const hashes: string[] = []
  for (const file of new Set(files)) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file, { signal })) hash.update(chunk)
    hashes.push(hash.digest('hex'))
  }
  return createHash('sha256').update(hashes.sort().join('\n')).digest('hex').slice(0, 16)
}
