import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseRegistry } from '../registry/database-registry.ts'
import { ensureShop } from './ensure-shop.ts'

const SHOP = {
  name: 'shop',
  description: 'Sample: two years of orders of an invented shop, up to today',
  sensitive: [],
}

/**
 * The sample shop among the databases, up to `today` (an ISO date); gives its id. It is offered once, where `dir` does not exist yet:
 * whoever removes it does not get it again, and then this gives null.
 */
export async function offerShop(
  registry: DatabaseRegistry,
  { dir, today }: { dir: string; today: string },
): Promise<string | null> {
  const isFirst = !existsSync(dir)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, 'shop.sqlite')
  const places = [path, join(realpathSync(dir), 'shop.sqlite')]
  const registered = registry.list().find((record) => places.includes(record.path))
  if (!registered && !isFirst) return null
  await ensureShop({ dir, today })
  return (registered ?? (await registry.addPath(path, SHOP)).record).id
}
