import { open as openFile, rename, rm } from 'node:fs/promises'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import type { Generator } from '#models/generator.ts'
import type { OutputFormat } from './output-format.ts'

export type FileFacts = { generator: Generator; seed: number; now: Date; format: OutputFormat }

/**
 * Writes a file of training data as JSON lines. In our own format the first line says what made them (prompt version, base model, seed), so
 * that an adapter can be stamped with it; other programs' formats have no place for that. It is written beside and then renamed: a short file
 * looks like a whole one, and would be trained on.
 */
export async function writeTrainingFile(
  path: string,
  facts: FileFacts,
  fill: (write: (lines: unknown[]) => Promise<void>) => Promise<void>,
): Promise<void> {
  const beside = `${path}.partial`
  const file = await openFile(beside, 'w')
  const write = (lines: unknown[]) => file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  try {
    if (facts.format === 'rowbot') await write([headOf(facts)])
    await fill(write)
    await file.close()
    await rename(beside, path)
  } catch (error) {
    await file.close()
    await rm(beside, { force: true })
    throw error
  }
}

/** The first line: which prompts and which model the data are for. */
export function headOf({ generator, seed, now }: Omit<FileFacts, 'format'>) {
  const base = { name: generator.identity.name, hash: generator.identity.hash }
  return { promptVersion: promptVersion(), base, seed, madeOn: now.toISOString().slice(0, 10) }
}
