import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { offerShop } from '../sample/offer-shop.ts'
import { createSandbox } from '../sandbox/sandbox.ts'
import { openState } from '../state/open-state.ts'
import type { DatabaseRegistry } from './database-registry.ts'
import { openRegistry } from './registry.ts'
import { fileAt, rowsOf } from './testing/test-registry.ts'

const sandbox = createSandbox({ processes: 1 })
let root: string
let csv: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'moved-'))
  csv = join(root, 'sales.csv')
  writeFileSync(csv, 'amount\n7\n')
})
afterEach(() => rmSync(root, { recursive: true }))
afterAll(() => sandbox.close())

async function within<T>(home: string, use: (registry: DatabaseRegistry) => Promise<T>): Promise<T> {
  const state = openState({ path: join(home, 'state.sqlite') })
  const registry = openRegistry({ records: state.databases, dataDir: home, sandbox })
  try {
    return await use(registry)
  } finally {
    await registry.close()
    state.close()
  }
}

const today = '2026-11-21'
const shopIn = (registry: DatabaseRegistry, home: string) => offerShop(registry, { dir: join(home, 'sample'), today })

async function fill(home: string): Promise<void> {
  await within(home, (registry) => registry.addUpload([fileAt(csv)]))
}

it('a data directory that was moved has its uploads and its sample', async () => {
  const [before, after] = [join(root, 'before'), join(root, 'after')]
  await fill(before)
  const shop = await within(before, (registry) => shopIn(registry, before))
  renameSync(before, after)
  await within(after, async (registry) => {
    expect(await rowsOf(await registry.open('sales'), 'SELECT amount FROM sales')).toEqual([[7]])
    expect(await shopIn(registry, after)).toBe(shop)
    expect(registry.list().map(({ path }) => path.startsWith(after))).toEqual([true, true])
  })
})

it('so has one of an earlier version, once it was opened where it was', async () => {
  const [before, after] = [join(root, 'before'), join(root, 'after')]
  await fill(before)
  const sqlite = new SQLite(join(before, 'state.sqlite'))
  sqlite.prepare(`UPDATE databases SET path = ? || '/' || path`).run(before)
  sqlite.close()
  await within(before, async (registry) => expect(registry.list()).toHaveLength(1))
  renameSync(before, after)
  await within(after, async (registry) => {
    expect(await rowsOf(await registry.open('sales'), 'SELECT amount FROM sales')).toEqual([[7]])
  })
})

it('one that is reached by a link keeps a file that two databases share until both are gone', async () => {
  const [real, link] = [join(root, 'real'), join(root, 'link')]
  await fill(real)
  const shop = await within(real, (registry) => shopIn(registry, real))
  symlinkSync(real, link)
  await within(link, async (registry) => {
    expect(await shopIn(registry, link)).toBe(shop)
    const { record } = await registry.addUpload([fileAt(csv)], { name: 'again' })
    await registry.remove(record.id)
    expect(await rowsOf(await registry.open('sales'), 'SELECT amount FROM sales')).toEqual([[7]])
  })
})
