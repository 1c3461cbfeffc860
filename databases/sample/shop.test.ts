import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf, isoDate, monthOf, weekdayOf, yearsBefore } from './days.ts'
import { ensureShop } from './ensure-shop.ts'
import { makeShop } from './make-shop.ts'

let dir: string
let fileCount = 0

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'rowbot-shop-'))
})

afterAll(() => rmSync(dir, { recursive: true }))

function shopOf(today: string, seed?: number): string {
  const path = join(dir, `${++fileCount}.sqlite`)
  makeShop({ path, today, ...(seed !== undefined && { seed }) })
  return path
}

const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe.each(['2026-11-21', '2028-02-29', '2027-01-01'])('the shop of %s', (today) => {
  let sqlite: Database.Database
  const value = (sql: string) => sqlite.prepare(sql).pluck().get()
  const values = (sql: string) => sqlite.prepare(sql).pluck().all()

  beforeAll(() => {
    sqlite = new Database(shopOf(today), { readonly: true })
  })

  afterAll(() => sqlite.close())

  it('has 20,000 orders on every day of two years, and none after today', () => {
    expect(value('SELECT count(*) FROM orders')).toBe(20_000)
    const days = values('SELECT DISTINCT order_date FROM orders ORDER BY order_date')
    const first = yearsBefore(dayOf(today), 2)
    expect(days).toEqual(Array.from({ length: dayOf(today) - first + 1 }, (_, index) => isoDate(first + index)))
    const latest = `SELECT max(latest) FROM (SELECT max(shipped_date) latest FROM orders UNION SELECT max(delivered_date) FROM orders
      UNION SELECT substr(max(paid_at), 1, 10) FROM payments UNION SELECT max(return_date) FROM returns
      UNION SELECT max(signup_date) FROM customers UNION SELECT max(added_date) FROM products)`
    expect((value(latest) as string) <= today).toBe(true)
  })

  it('declares its foreign keys and keeps them', () => {
    expect(sqlite.pragma('foreign_key_check')).toEqual([])
    for (const [table, count] of [
      ['orders', 1],
      ['order_items', 2],
      ['payments', 1],
      ['returns', 1],
    ] as const)
      expect(sqlite.pragma(`foreign_key_list(${table})`)).toHaveLength(count)
  })

  it('adds up: totals, dates and refunds agree with what they come from', () => {
    expect(
      values(`SELECT orders.id FROM orders JOIN order_items ON order_items.order_id = orders.id GROUP BY orders.id
      HAVING abs(total - sum(quantity * unit_price)) > 0.001`),
    ).toEqual([])
    expect(values('SELECT id FROM orders WHERE id NOT IN (SELECT order_id FROM order_items)')).toEqual([])
    expect(values('SELECT id FROM orders WHERE shipped_date < order_date OR delivered_date < shipped_date')).toEqual([])
    expect(
      values(
        `SELECT orders.id FROM orders JOIN customers ON customers.id = customer_id WHERE signup_date > order_date`,
      ),
    ).toEqual([])
    expect(
      values(`SELECT order_items.id FROM order_items JOIN orders ON orders.id = order_id JOIN products ON products.id = product_id
      WHERE added_date > order_date`),
    ).toEqual([])
    expect(
      values(`SELECT returns.id FROM returns JOIN order_items ON order_items.id = order_item_id JOIN orders ON orders.id = order_id
      WHERE returns.quantity > order_items.quantity OR return_date <= delivered_date OR delivered_date IS NULL
      OR abs(refund - returns.quantity * unit_price) > 0.001`),
    ).toEqual([])
    expect(values(`SELECT id FROM orders WHERE (status = 'delivered') <> (delivered_date IS NOT NULL)`)).toEqual([])
  })

  it('is like a real shop: growth, seasons, loyal and idle customers, unsold products, names with accents', () => {
    const half = isoDate(dayOf(today) - 365)
    const [earlier, later] = [
      value(`SELECT count(*) FROM orders WHERE order_date <= '${half}'`),
      value(`SELECT count(*) FROM orders WHERE order_date > '${half}'`),
    ]
    expect(Number(later) / Number(earlier)).toBeGreaterThan(1.2)
    const december = Number(value(`SELECT count(*) FROM orders WHERE order_date LIKE '%-12-%'`))
    expect(december).toBeGreaterThan(1.2 * Number(value(`SELECT count(*) FROM orders WHERE order_date LIKE '%-07-%'`)))
    const perWeekday = values(`SELECT count(*) FROM orders GROUP BY strftime('%w', order_date)`).map(Number)
    expect(perWeekday[0]).toBeGreaterThan(1.15 * (perWeekday[3] ?? Number.POSITIVE_INFINITY))
    const idle = Number(value('SELECT count(*) FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)'))
    expect(idle).toBeGreaterThan(200)
    expect(idle).toBeLessThan(1_000)
    expect(
      Number(value('SELECT max(orders) FROM (SELECT count(*) orders FROM orders GROUP BY customer_id)')),
    ).toBeLessThan(300)
    expect(value('SELECT count(*) FROM products WHERE id NOT IN (SELECT product_id FROM order_items)')).toBe(4)
    expect(values(`SELECT DISTINCT city FROM customers`)).toEqual(
      expect.arrayContaining(['München', 'Zürich', 'Kraków', 'Málaga']),
    )
    expect(Number(value(`SELECT count(*) FROM customers WHERE last_name GLOB '*[ÄÖÜäöüéèñóąłń]*'`))).toBeGreaterThan(30)
    expect(values('SELECT DISTINCT status FROM orders ORDER BY 1')).toEqual([
      'cancelled',
      'delivered',
      'pending',
      'shipped',
    ])
    expect(values('SELECT DISTINCT status FROM payments ORDER BY 1')).toEqual(['completed', 'failed', 'refunded'])
  })
})

it('is made in under three seconds', () => {
  const start = performance.now()
  shopOf('2026-11-21')
  expect(performance.now() - start).toBeLessThan(3_000)
})

it('is the same for the same day and seed, and another for another', () => {
  const shop = hash(shopOf('2026-11-21', 3))
  expect(hash(shopOf('2026-11-21', 3))).toBe(shop)
  expect(hash(shopOf('2026-11-21', 4))).not.toBe(shop)
  expect(hash(shopOf('2026-11-22', 3))).not.toBe(shop)
})

it('refuses a day that does not exist', () => {
  expect(() => shopOf('2026-02-30')).toThrow('2026-02-30')
  expect(() => shopOf('today')).toThrow('today')
})

describe('ensureShop', () => {
  const lastDay = (path: string) => {
    const sqlite = new Database(path, { readonly: true })
    const day = sqlite.prepare('SELECT max(order_date) FROM orders').pluck().get()
    sqlite.close()
    return day
  }

  it('makes the shop once a day', async () => {
    const folder = join(dir, 'daily', 'samples')
    const { path, made } = await ensureShop({ dir: folder, today: '2026-11-21' })
    expect(made).toBe(true)
    const { ino } = statSync(path)
    expect(await ensureShop({ dir: folder, today: '2026-11-21' })).toEqual({ path, made: false })
    expect(statSync(path).ino).toBe(ino)
    expect(await ensureShop({ dir: folder, today: '2026-11-22' })).toEqual({ path, made: true })
    expect(lastDay(path)).toBe('2026-11-22')
    expect(readdirSync(folder)).toEqual(['shop.sqlite'])
  })

  it('makes it anew where the file is damaged, or what an older version made', async () => {
    const folder = join(dir, 'damaged')
    const { path } = await ensureShop({ dir: folder, today: '2026-11-21' })
    writeFileSync(path, 'not a shop')
    expect((await ensureShop({ dir: folder, today: '2026-11-21' })).made).toBe(true)
    const sqlite = new Database(path)
    sqlite.pragma('user_version = 0')
    sqlite.close()
    expect((await ensureShop({ dir: folder, today: '2026-11-21' })).made).toBe(true)
    expect(lastDay(path)).toBe('2026-11-21')
  })

  it('leaves the old shop readable to who has it open, and clears up after a process that was killed', async () => {
    const folder = join(dir, 'open')
    const { path } = await ensureShop({ dir: folder, today: '2026-11-21' })
    const abandoned = `${path}.99999.tmp`
    writeFileSync(abandoned, 'half a shop')
    utimesSync(abandoned, 0, 0)
    const reader = new Database(path, { readonly: true })
    await ensureShop({ dir: folder, today: '2026-11-22' })
    expect(reader.prepare('SELECT max(order_date) FROM orders').pluck().get()).toBe('2026-11-21')
    reader.close()
    expect(existsSync(abandoned)).toBe(false)
  })
})

it('reckons days without time zones', () => {
  expect(isoDate(dayOf('2024-02-29'))).toBe('2024-02-29')
  expect(isoDate(yearsBefore(dayOf('2028-02-29'), 2))).toBe('2026-02-28')
  expect(weekdayOf(dayOf('2026-11-21'))).toBe(5)
  expect(monthOf(dayOf('2026-01-31'))).toBe(0)
})
