import { z } from 'zod'

const kept = z.looseObject({ kind: z.literal('answered'), sql: z.string() })

/** The query that gave an answer, from the answer as it was kept; null where there is none. Of what was tried it need not be the last. */
export function answeredSql(answer: unknown): string | null {
  const read = kept.safeParse(answer)
  return read.success ? read.data.sql : null
}
