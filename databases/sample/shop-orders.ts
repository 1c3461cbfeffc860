import { type Day, isoDate, monthOf, weekdayOf } from './days.ts'
import { type Draws, runningSums } from './draws.ts'

/** Who may order, since when, and how eagerly (0: never). Given sorted by `since`. */
export type Customer = { id: number; since: Day; appetite: number }

/** What may be ordered. `season` has a factor a month; `returned` is the share of pieces sent back. */
export type Product = {
  id: number
  since: Day
  price: number
  returned: number
  season: readonly number[]
  popularity: number
}

type Cell = string | number | null

export type OrderRows = { orders: Cell[][]; orderItems: Cell[][]; payments: Cell[][]; returns: Cell[][] }

type Parts = { draws: Draws; first: Day; last: Day; customers: Customer[]; products: Product[] }

const ORDERS = 20_000

/** Orders of every day from first to last with their items, payments and returns; nothing in them lies after the last day. */
export function drawOrders(parts: Parts): OrderRows {
  const { draws, first, last } = parts
  const rows: OrderRows = { orders: [], orderItems: [], payments: [], returns: [] }
  const buyers = createBuyers(parts)
  const shelf = createShelf(parts)
  ordersPerDay(parts).forEach((count, index) => {
    const day = first + index
    for (let one = 0; one < count; one++) {
      const order = drawOrder({ id: rows.orders.length + 1, day, last, draws })
      const items = drawItems({ order, firstId: rows.orderItems.length + 1, shelf, draws, first })
      const total = cents(items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0))
      rows.orders.push([
        order.id,
        buyers(day),
        isoDate(day),
        order.status,
        order.channel,
        total,
        ...order.dates.map(dateOrNull),
      ])
      for (const { id, product, quantity, unitPrice } of items)
        rows.orderItems.push([id, order.id, product.id, quantity, unitPrice])
      drawPayments(rows, { order, total, draws, last })
      for (const item of items) drawReturn(rows, { order, item, last, draws })
    }
  })
  return rows
}

/** How the shop's week and year go; over the two years it doubles. */
const WEEK = [1.08, 0.95, 0.92, 0.96, 1.02, 1.15, 1.25]
const YEAR = [0.86, 0.84, 0.92, 0.96, 1.0, 0.94, 0.86, 0.88, 0.98, 1.04, 1.32, 1.48]
const TODAY_SO_FAR = 0.3

function ordersPerDay({ draws, first, last }: Parts): number[] {
  const weights = Array.from({ length: last - first + 1 }, (_, index) => {
    const day = first + index
    const growth = 1 + index / (last - first)
    const usual = growth * (WEEK[weekdayOf(day)] ?? 1) * (YEAR[monthOf(day)] ?? 1) * (0.85 + 0.3 * draws.next())
    return day === last ? usual * TODAY_SO_FAR : usual
  })
  const sums = runningSums(weights)
  const upTo = (index: number) => Math.round((ORDERS * (sums[index] ?? 0)) / (sums.at(-1) ?? 1))
  return weights.map((_, index) => upTo(index) - upTo(index - 1))
}

/** Gives the id of a customer who had signed up by the day. Days must not go back. */
function createBuyers({ draws, customers }: Parts): (day: Day) => number {
  const pool = customers.flatMap((customer) => Array.from({ length: customer.appetite }, () => customer))
  let present = 0
  return (day) => {
    while (present < pool.length && (pool[present] as Customer).since <= day) present++
    return (pool[Math.floor(draws.next() * present)] as Customer).id
  }
}

/** Gives a product that is sold on the day. */
function createShelf({ draws, products }: Parts): (day: Day) => Product {
  let sums: number[] = []
  let today: Day | undefined
  return (day) => {
    if (day !== today) {
      today = day
      const month = monthOf(day)
      sums = runningSums(
        products.map(({ since, popularity, season }) => (since <= day ? popularity * (season[month] ?? 1) : 0)),
      )
    }
    return products[draws.weighted(sums)] as Product
  }
}

type Order = {
  id: number
  day: Day
  status: string
  channel: string
  dates: [shipped: Day | null, delivered: Day | null]
}

const CHANNELS = ['web', 'web', 'web', 'web', 'web', 'web', 'app', 'app', 'app', 'phone']

function drawOrder({ id, day, last, draws }: { id: number; day: Day; last: Day; draws: Draws }): Order {
  const channel = draws.pick(CHANNELS)
  const cancelled = draws.chance(0.045)
  const shipped = day + draws.whole(0, 3)
  const delivered = shipped + draws.whole(1, 6)
  if (cancelled) return { id, day, channel, status: 'cancelled', dates: [null, null] }
  if (shipped > last || day === last) return { id, day, channel, status: 'pending', dates: [null, null] }
  if (delivered > last) return { id, day, channel, status: 'shipped', dates: [shipped, null] }
  return { id, day, channel, status: 'delivered', dates: [shipped, delivered] }
}

type Item = { id: number; product: Product; quantity: number; unitPrice: number }

const ITEMS = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4]
const QUANTITIES = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3]
const ITEM_COUNT_SUMS = runningSums(ITEMS.map(() => 1))
/** In the first year prices were lower. */
const EARLIER_PRICE = 0.95
const PRICE_RISE_DAY = 365

type ItemParts = { order: Order; firstId: number; shelf: (day: Day) => Product; draws: Draws; first: Day }

/** The items of an order, each of another product. */
function drawItems({ order, firstId, shelf, draws, first }: ItemParts): Item[] {
  const chosen = new Set<Product>()
  const wanted = ITEMS[draws.weighted(ITEM_COUNT_SUMS)] ?? 1
  for (let one = 0; one < wanted; one++) chosen.add(shelf(order.day))
  return [...chosen].map((product, index) => ({
    id: firstId + index,
    product,
    quantity: draws.pick(QUANTITIES),
    unitPrice: order.day - first < PRICE_RISE_DAY ? cents(product.price * EARLIER_PRICE) : product.price,
  }))
}

const METHODS = ['card', 'card', 'card', 'card', 'paypal', 'paypal', 'paypal', 'invoice', 'invoice', 'bank transfer']

type PaymentParts = { order: Order; total: number; draws: Draws; last: Day }

function drawPayments(rows: OrderRows, { order, total, draws, last }: PaymentParts): void {
  const method = draws.pick(METHODS)
  const pay = (status: string, minute: number) =>
    rows.payments.push([
      rows.payments.length + 1,
      order.id,
      `${isoDate(order.day)} ${clock(minute, draws)}`,
      method,
      total,
      status,
    ])
  const minute = draws.whole(0, (order.day === last ? LAST_MINUTE_TODAY : LAST_MINUTE) - 10)
  if (order.status === 'cancelled') {
    // Half are cancelled before they are paid for.
    if (draws.chance(0.5)) pay('refunded', minute)
    return
  }
  if (draws.chance(0.04)) pay('failed', minute)
  const paysLater = order.status === 'pending' && (method === 'invoice' || method === 'bank transfer')
  if (!paysLater) pay('completed', minute + draws.whole(1, 10))
}

const LAST_MINUTE = 24 * 60 - 1
/** The last day has only begun. */
const LAST_MINUTE_TODAY = 9 * 60 - 1

function clock(minute: number, draws: Draws): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(draws.whole(0, 59))}`
}

const REASONS = ['changed mind', 'changed mind', 'damaged', 'wrong item', 'not as described', 'arrived late']

function drawReturn(
  rows: OrderRows,
  { order, item, last, draws }: { order: Order; item: Item; last: Day; draws: Draws },
): void {
  const [, delivered] = order.dates
  if (delivered === null || !draws.chance(item.product.returned)) return
  const day = delivered + draws.whole(2, 24)
  if (day > last) return
  const quantity = draws.whole(1, item.quantity)
  const reason = draws.pick(REASONS)
  rows.returns.push([
    rows.returns.length + 1,
    item.id,
    isoDate(day),
    quantity,
    reason,
    cents(quantity * item.unitPrice),
  ])
}

function cents(euros: number): number {
  return Math.round(euros * 100) / 100
}

function dateOrNull(day: Day | null): string | null {
  return day === null ? null : isoDate(day)
}
