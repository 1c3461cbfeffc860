import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'

/**
 * The revision of the code in `folder` (default: this program's own) by git, as `0123456789ab`, with `+` and a hash of the changes where
 * tracked files were changed since. Null outside of a checkout.
 */
export function gitRevision(folder = import.meta.dirname): string | null {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: MOST_BYTES })
  try {
    const revision = git('rev-parse', '--short=12', 'HEAD').toString().trim()
    const changes = git('diff', '--binary', '--no-ext-diff', 'HEAD')
    return changes.length === 0
      ? revision
      : `${revision}+${createHash('sha256').update(changes).digest('hex').slice(0, 8)}`
  } catch {
    return null
  }
}

const MOST_BYTES = 1024 ** 3
