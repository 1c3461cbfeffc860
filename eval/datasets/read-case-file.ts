import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { RowbotError } from '#core/rowbot-error.ts'
import { entryLines } from './entry-lines.ts'
import { jsonErrorLine } from './json-error-line.ts'

/**
 * Reads a JSON file that holds a list, every entry of which has the given shape.
 * @throws RowbotError that says which line is wrong and what was expected.
 */
export async function readCaseFile<Shape extends z.ZodType>(
  path: string,
  shape: Shape,
  format: string,
): Promise<z.infer<Shape>[]> {
  const text = await readText(path)
  const list = parseList(path, text, format)
  return list.map((entry, index) => {
    const parsed = shape.safeParse(entry)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    const where = issue?.path.length ? `, ${issue.path.join('.')}` : ''
    throw wrongFormat(
      `${path}, line ${entryLines(text)[index] ?? 1}: entry ${index + 1}${where}: ${issue?.message}.`,
      format,
    )
  })
}

/** Reads a file that a data set needs. */
export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause) => {
    throw new RowbotError({
      code: 'dataset-missing',
      message: `There is no file ${path}.`,
      advice: 'Give the folder into which the data set was unpacked, or fetch Spider with: rowbot eval get spider',
      cause,
    })
  })
}

/** The error for a file that is not what it should be; `found` names file and line. */
export function wrongFormat(found: string, format: string, cause?: unknown): RowbotError {
  return new RowbotError({ code: 'dataset-format', message: found, advice: `Expected: ${format}.`, cause })
}

function parseList(path: string, text: string, format: string): unknown[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw wrongFormat(`${path}, line ${jsonErrorLine(text)}: this is no JSON.`, format, cause)
  }
  if (Array.isArray(parsed)) return parsed
  throw wrongFormat(`${path}, line 1: the file holds no list.`, format)
}
