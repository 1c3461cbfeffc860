import { basename } from 'node:path'
import { z } from 'zod'
import type { DatasetCase } from './dataset-case.ts'
import { readCaseFile } from './read-case-file.ts'
import { databaseFile, databaseName } from './spider.ts'

const conversation = z.object({
  database_id: databaseName,
  interaction: z.array(z.object({ utterance: z.string(), query: z.string() })).min(1),
})

/** What a file in SParC's format holds. */
export const SPARC_FORMAT = 'SParC: a list of objects with database_id and interaction, a list of utterance and query'

/** Reads conversations in SParC's format (CoSQL's is the same): every turn but the first follows up the one before it. */
export async function readSparcFile(path: string, databases: string): Promise<DatasetCase[]> {
  const entries = await readCaseFile(path, conversation, SPARC_FORMAT)
  const name = basename(path, '.json')
  return entries.flatMap(({ database_id, interaction }, index) =>
    interaction.map(({ utterance, query }, turn) => ({
      id: `${name}-${index}-${turn}`,
      database: database_id,
      question: utterance,
      accepted: [query],
      file: databaseFile(databases, database_id),
      ...(turn > 0 && { follows: `${name}-${index}-${turn - 1}` }),
    })),
  )
}
