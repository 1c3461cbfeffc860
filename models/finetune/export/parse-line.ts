import type { z } from 'zod'
import { RowbotError } from '#core/rowbot-error.ts'

/** Which line of which file this is, what it must hold, and what to do where it does not. */
export type LinePlace = { file: string; number: number; expected: string; advice: string }

/**
 * What a line of JSON holds.
 * @throws RowbotError that names the file and line and says what was expected, where it is broken.
 */
export function parseLine<Parsed>(
  line: string,
  schema: z.ZodType<Parsed>,
  { file, number, expected, advice }: LinePlace,
): Parsed {
  const parsed = schema.safeParse(asJson(line))
  if (parsed.success) return parsed.data
  throw new RowbotError({
    code: 'bad-training-data',
    message: `${file}, line ${number}: expected JSON with ${expected}.`,
    advice,
  })
}

/** What a text says as JSON; null where it is none. */
export function asJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
