import { createHash } from 'node:crypto'
import { groupBy } from '#core/group-by.ts'
import type { DatasetCase } from './dataset-case.ts'

/**
 * The first `limit` cases by a hash of what they say, so that a smaller sample is part of every larger one; another `seed` gives another
 * sample. Without a limit all. Those of one database stand together, as they are asked.
 */
export function chooseCases<Case extends DatasetCase>(
  cases: Case[],
  { limit, seed }: { limit: number | null; seed: number },
): Case[] {
  const salt = seed === 0 ? '' : `${seed}\n`
  const keyed = cases.map((one) => ({ one, key: sha256(`${salt}${one.database}\n${one.question}\n${one.id}`) }))
  const chosen = limit === null ? keyed : keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit)
  const kept = new Set(chosen.map(({ one }) => one))
  const groups = groupBy(
    cases.filter((one) => kept.has(one)),
    (one) => one.database,
  )
  return [...groups.values()].flat()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
