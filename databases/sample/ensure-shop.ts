import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { flushFile } from '../flush-file.ts'
import { makeShopAside } from './make-shop-aside.ts'
import { SHOP_VERSION } from './shop-version.ts'

/**
 * The sample shop as a file in the folder, with orders up to today: made where it is missing, and made anew where it ends on another day.
 * It is put in place in one step, so that nobody ever reads half a shop; who has the old file open goes on reading the old one.
 */
export async function ensureShop({
  dir,
  today,
}: {
  dir: string
  today: string
}): Promise<{ path: string; made: boolean }> {
  const path = join(dir, 'shop.sqlite')
  if (lastDay(path) === today) return { path, made: false }
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  removeLeftovers(dir, basename(path))
  const temporary = `${path}.${process.pid}${LEFTOVER}`
  try {
    rmSync(temporary, { force: true })
    await makeShopAside({ path: temporary, today })
    flushFile(temporary)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  return { path, made: true }
}

const LEFTOVER = '.tmp'
const ABANDONED_MS = 10 * 60_000

/** The day up to which the file has orders; null where it is no sound shop of this version. */
function lastDay(path: string): string | null {
  let sqlite: Database.Database | undefined
  try {
    sqlite = new Database(path, { readonly: true, fileMustExist: true })
    if (sqlite.pragma('user_version', { simple: true }) !== SHOP_VERSION) return null
    return sqlite.prepare('SELECT max(order_date) FROM orders').pluck().get() as string | null
  } catch {
    return null
  } finally {
    sqlite?.close()
  }
}

/** Half-made shops of processes that were killed. */
function removeLeftovers(dir: string, name: string): void {
  for (const entry of readdirSync(dir)) {
    if (!entry.startsWith(`${name}.`) || !entry.endsWith(LEFTOVER)) continue
    const path = join(dir, entry)
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_MS) rmSync(path, { force: true })
  }
}
