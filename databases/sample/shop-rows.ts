import { type Day, dayOf, isoDate, yearsBefore } from './days.ts'
import { createDraws, type Draws, runningSums } from './draws.ts'
import { COUNTRIES, drawNames } from './shop-countries.ts'
import { type Customer, drawOrders, type OrderRows, type Product } from './shop-orders.ts'
import { ADDED_LATER, CATALOGUE, NEVER_SOLD } from './shop-products.ts'

/** Rows in the order of the columns in shop-tables.ts. */
export type ShopRows = OrderRows & { customers: Cell[][]; products: Cell[][] }

type Cell = string | number | null

const CUSTOMERS = 3_000
const NEVER_ORDERED = 0.11

/** All rows of the shop for one day: the same for the same day and seed. */
export function drawShop({ today, seed }: { today: string; seed: number }): ShopRows {
  const draws = createDraws(seed)
  const last = dayOf(today)
  const first = yearsBefore(last, 2)
  const customers = drawCustomers(draws, first, last)
  const products = drawProducts(draws, first, last)
  return {
    customers: customers.map(({ row }) => row),
    products: products.map(({ row }) => row),
    ...drawOrders({ draws, first, last, customers, products }),
  }
}

type WithRow<T> = T & { row: Cell[] }

/** Sorted by the day of signing up, so that ids rise with time as they do in a real shop. */
function drawCustomers(draws: Draws, first: Day, last: Day): WithRow<Customer>[] {
  const countrySums = runningSums(COUNTRIES.map(({ share }) => share))
  const names = COUNTRIES.map((country) => drawNames(country, draws.randomizer, 120))
  const days = Array.from({ length: CUSTOMERS }, () => signupDay(draws, first, last)).sort(
    (left, right) => left - right,
  )
  return days.map((since, index) => {
    const id = index + 1
    const at = draws.weighted(countrySums)
    const country = COUNTRIES[at] as (typeof COUNTRIES)[number]
    const firstName = draws.pick(names[at]?.first ?? [])
    const lastName = draws.pick(names[at]?.last ?? [])
    const email = `${plain(firstName)}.${plain(lastName)}.${id}@example.com`
    // Few buy often, most buy rarely.
    const appetite = draws.chance(NEVER_ORDERED) ? 0 : Math.min(30, Math.ceil(4 * (1 - draws.next()) ** -0.6))
    const newsletter = draws.chance(0.42) ? 1 : 0
    return {
      id,
      since,
      appetite,
      row: [id, firstName, lastName, email, country.name, draws.pick(country.cities), isoDate(since), newsletter],
    }
  })
}

/** A third were there before the two years began; since then more and more come. */
function signupDay(draws: Draws, first: Day, last: Day): Day {
  if (draws.chance(1 / 3)) return first - draws.whole(1, 500)
  return first + Math.floor((last - first + 1) * draws.next() ** 0.8)
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/ł/gi, 'l')
    .replace(/ß/g, 'ss')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()
}

function drawProducts(draws: Draws, first: Day, last: Day): WithRow<Product>[] {
  return CATALOGUE.flatMap(({ name: category, season, entries }) =>
    entries.map(([name, price, returned = 0]) => ({ name, category, season, price, returned })),
  ).map(({ name, category, season, price, returned }, index) => {
    const id = index + 1
    const later = ADDED_LATER.has(name)
    const since = later ? first + draws.whole(60, last - first - 60) : first - draws.whole(30, 1_000)
    const cost = Math.round(price * (0.42 + 0.2 * draws.next()) * 100) / 100
    const stock = draws.chance(0.06) ? 0 : draws.whole(3, 400)
    const popularity = NEVER_SOLD.has(name) ? 0 : 0.3 + 3 * draws.next() ** 3
    return {
      id,
      since,
      price,
      returned,
      season,
      popularity,
      row: [id, name, category, price, cost, stock, isoDate(since)],
    }
  })
}
