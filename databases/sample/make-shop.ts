import Database from 'better-sqlite3'
import { drawShop } from './shop-rows.ts'
import { SHOP_INDEXES, SHOP_TABLES } from './shop-tables.ts'
import { SHOP_VERSION } from './shop-version.ts'

export type ShopPlan = {
  /** A file that does not exist yet. */
  path: string
  /** ISO date of the last day with orders. */
  today: string
  /** Another seed gives another shop of the same kind. */
  seed?: number
}

/**
 * Makes the sample shop: customers, products, and 20,000 orders of the two years up to today, with items, payments and returns. There are
 * orders on every day, customers who never ordered, and products that nobody bought. The same day and seed give the same shop.
 */
export function makeShop({ path, today, seed = 7 }: ShopPlan): void {
  const shop = drawShop({ today, seed })
  const sqlite = new Database(path)
  try {
    sqlite.pragma('journal_mode = OFF')
    sqlite.pragma('synchronous = OFF')
    sqlite.exec(SHOP_TABLES)
    sqlite.transaction(() => {
      insertAll(sqlite, 'customers', shop.customers)
      insertAll(sqlite, 'products', shop.products)
      insertAll(sqlite, 'orders', shop.orders)
      insertAll(sqlite, 'order_items', shop.orderItems)
      insertAll(sqlite, 'payments', shop.payments)
      insertAll(sqlite, 'returns', shop.returns)
    })()
    sqlite.exec(SHOP_INDEXES)
    sqlite.pragma(`user_version = ${SHOP_VERSION}`)
    sqlite.pragma('optimize = 0x10002')
  } finally {
    sqlite.close()
  }
}

function insertAll(sqlite: Database.Database, table: string, rows: readonly (string | number | null)[][]): void {
  const marks = (rows[0] ?? []).map(() => '?').join(', ')
  const insert = sqlite.prepare(`INSERT INTO ${table} VALUES (${marks})`)
  for (const row of rows) insert.run(row)
}
