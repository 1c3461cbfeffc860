import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { RowbotError } from '#core/rowbot-error.ts'

/**
 * The folder of Spider: the one that was named, or where `eval get` puts it.
 * @throws RowbotError where it is in neither.
 */
export async function spiderFolder(named: string | undefined, ours: string): Promise<string> {
  const folder = named ?? ours
  await access(join(folder, 'dev.json')).catch((cause) => {
    throw new RowbotError({
      code: 'dataset-missing',
      message: named === undefined ? 'Spider is not on this machine yet.' : `There is no dev.json in ${named}.`,
      advice: 'Fetch it with: rowbot eval get spider. Or name the folder into which it was unpacked with --spider.',
      cause,
    })
  })
  return folder
}
