import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { RowbotError } from '#core/rowbot-error.ts'

/** What to do about a data set's file that is broken. */
export const GET_AGAIN = 'Get the file again, or mend it.'

/**
 * The text of a gzip file.
 * @throws RowbotError where it is cut off, or no gzip file at all.
 */
export async function readPacked(file: string): Promise<string> {
  const packed = await readFile(file)
  try {
    return gunzipSync(packed).toString('utf8')
  } catch (cause) {
    throw new RowbotError({
      code: 'bad-training-data',
      message: `${file} cannot be unpacked: it is cut off, or no gzip file.`,
      advice: GET_AGAIN,
      cause,
    })
  }
}
