import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const DIRECTORY = join(import.meta.dirname, '..', 'embedded')

/** First shard of the embedded model, for tests that need a real model; null where the checkout came without it, and they are skipped. */
export const EMBEDDED_SHARDS = firstShard()

/** Stands in the name of what is skipped. */
export const WITHOUT_SHARDS = EMBEDDED_SHARDS === null ? ' (skipped: models/embedded holds no model)' : ''

function firstShard(): string | null {
  if (!existsSync(DIRECTORY)) return null
  const name = readdirSync(DIRECTORY).find((one) => /-00001-of-\d{5}\.gguf$/.test(one))
  return name === undefined ? null : join(DIRECTORY, name)
}
