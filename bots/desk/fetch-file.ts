import { RowbotError } from '#core/rowbot-error.ts'
import type { ChatFile } from './chat-form.ts'
import { saveDownload } from './save-download.ts'

/** A file that a person gave, where a platform keeps it. */
export type KeptFile = {
  name: string
  bytes: number | null
  /** Null where the platform gave none. */
  address: string | null
  headers?: Record<string, string>
  /** As people call the platform. */
  platform: string
  /** Why this answer is not the file, in words; null where it is. */
  notTheFile?(response: Response): string | null
}

/** The file as the desk takes it. */
export function fetchedFile(file: KeptFile): ChatFile {
  const { name, bytes } = file
  return {
    name,
    bytes,
    async download(toFile, { maxBytes, signal }) {
      const response = await request(file, signal)
      const problem = response.ok ? file.notTheFile?.(response) : `HTTP ${response.status}`
      if (problem) throw notFetched(file, problem)
      await saveDownload(response, toFile, { name, maxBytes, signal })
    },
  }
}

async function request(file: KeptFile, signal: AbortSignal | undefined): Promise<Response> {
  const { address, headers = {}, platform } = file
  if (address === null) throw notFetched(file, `${platform} gave no address for it`)
  return fetch(address, { headers, ...(signal ? { signal } : {}) }).catch((cause: unknown) => {
    throw notFetched(file, `${platform} cannot be reached`, cause)
  })
}

function notFetched({ name, platform }: KeptFile, detail: string, cause?: unknown): RowbotError {
  const message = `The file ${name} could not be fetched from ${platform}: ${detail}`
  return new RowbotError({
    code: 'file-not-fetched',
    message,
    advice: 'Give the file again, or tell an administrator.',
    cause,
  })
}
