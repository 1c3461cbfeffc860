import type { CatalogueEntry } from '../catalogue.ts'
import { ModelError } from '../model-error.ts'

export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number

  constructor(url: string, status: number) {
    super(`${url} answered with HTTP ${status}`)
    this.status = status
  }
}

type Pull = { entry: CatalogueEntry; endpoint: string; directory: string }

/** Says what a failed download means for the person who started it. */
export function pullError({ entry, endpoint, directory }: Pull, cause: unknown): ModelError {
  if (cause instanceof ModelError) return cause
  if (cause instanceof HttpError)
    return new ModelError({
      code: 'download-failed',
      message: `${cause.message}, so ${entry.name} could not be fetched.`,
      advice:
        cause.status === 404
          ? 'The file was moved or the address of the hub is wrong. Get the .gguf file elsewhere and name its path in ROWBOT_MODEL.'
          : 'Try again later; what was fetched so far is kept.',
      cause,
    })
  if (isOwnDisk(cause))
    return new ModelError({
      code: 'cannot-write',
      message: `The folder for models, ${directory}, cannot be written (${cause.code}).`,
      advice: 'Give the user that runs Rowbot permission for it, or set ROWBOT_HOME to a folder of its own.',
      cause,
    })
  return new ModelError({
    code: 'unreachable',
    message: `${endpoint} could not be reached, or the connection was cut again and again (${innermost(cause)}).`,
    advice: `Check the network and try again: what was fetched so far is kept. Without a network, copy ${entry.file} from another machine into ${directory}.`,
    cause,
  })
}

export function diskFull(directory: string, neededBytes: number, cause?: unknown): ModelError {
  return new ModelError({
    code: 'disk-full',
    message: `There is not enough space in ${directory}: ${Math.ceil(neededBytes / 1e6)} MB are needed for the model.`,
    advice: 'Free some space, or set ROWBOT_HOME to a folder on a larger disk, and try again.',
    cause,
  })
}

const OWN_DISK = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR']

function isOwnDisk(cause: unknown): cause is Error & { code: string } {
  return cause instanceof Error && 'code' in cause && OWN_DISK.includes(String(cause.code))
}

function innermost(cause: unknown): string {
  let deepest = cause
  while (deepest instanceof Error && deepest.cause) deepest = deepest.cause
  if (deepest instanceof Error && 'code' in deepest) return String(deepest.code)
  return deepest instanceof Error ? deepest.message : String(deepest)
}
