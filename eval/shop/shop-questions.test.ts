import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeShop } from '#databases/sample/make-shop.ts'
import type { Rows } from '#databases/sandbox/query-outcome.ts'
import { createSandbox, type Sandbox } from '#databases/sandbox/sandbox.ts'
import { type ShopDates, shopDates } from './shop-dates.ts'
import { SHOP_QUESTIONS } from './shop-questions.ts'

const answerable = SHOP_QUESTIONS.flatMap(({ expectedSql, ...one }) =>
  expectedSql === 'unanswerable' ? [] : [{ ...one, expectedSql }],
)

it('are forty, six of them unanswerable, each with an id of its own', () => {
  expect(SHOP_QUESTIONS).toHaveLength(40)
  expect(answerable).toHaveLength(34)
  expect(new Set(SHOP_QUESTIONS.map(({ id }) => id)).size).toBe(40)
})

it('follow up only what can be answered and was asked before', () => {
  const followUps = SHOP_QUESTIONS.filter(({ follows }) => follows !== undefined)
  expect(followUps.length).toBeGreaterThanOrEqual(5)
  for (const { id, follows } of followUps) {
    const earlier = answerable.findIndex((one) => one.id === follows)
    expect(earlier).toBeGreaterThanOrEqual(0)
    expect(earlier).toBeLessThan(answerable.findIndex((one) => one.id === id))
  }
})

it('reckon in weeks from Monday and in whole months, over the turn of a year too', () => {
  const { lastDays, ...dates } = shopDates('2027-01-03')
  expect(dates).toEqual({
    today: '2027-01-03',
    tomorrow: '2027-01-04',
    yesterday: '2027-01-02',
    week: '2026-12-28',
    lastWeek: '2026-12-21',
    weekBeforeLast: '2026-12-14',
    month: '2027-01-01',
    lastMonth: '2026-12-01',
    monthBeforeLast: '2026-11-01',
    year: '2027-01-01',
    lastYear: '2026-01-01',
  })
  expect(lastDays(30)).toBe('2026-12-05')
})

// A Saturday, the first day of a year, a leap day, a Monday, and the last day of a month.
describe.each(['2026-11-21', '2027-01-01', '2028-02-29', '2026-11-23', '2026-05-31'])('on the shop of %s', (today) => {
  let dir: string
  let sandbox: Sandbox
  const dates: ShopDates = shopDates(today)

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'rowbot-shop-'))
    makeShop({ path: join(dir, 'shop.sqlite'), today })
    sandbox = createSandbox({
      processes: 1,
      memoryBytes: 1.5 * 1024 ** 3,
      deadlineMs: 10_000,
      maxRows: 5_000,
      maxBytes: 1024 ** 2,
    })
  })

  afterAll(async () => {
    await sandbox.close()
    rmSync(dir, { recursive: true })
  })

  async function run(sql: string): Promise<Rows> {
    const outcome = await sandbox.run({ path: join(dir, 'shop.sqlite'), sql })
    if (outcome.kind !== 'rows') throw new Error(`${outcome.kind}: ${outcome.message}\n${sql}`)
    return outcome
  }

  it.each(answerable)('$id has an answer that says something', async ({ expectedSql }) => {
    const { rows } = await run(expectedSql(dates))
    expect(rows.length).toBeGreaterThan(0)
    for (const cell of rows.flat()) expect([null, 0, '']).not.toContain(cell)
  })

  it.each(answerable.filter(({ ordered }) => ordered))('$id has no tie at its end', async ({ expectedSql }) => {
    const [, measure, limit] = /ORDER BY (.+) DESC LIMIT (\d+)$/.exec(expectedSql(dates)) ?? []
    const measures = expectedSql(dates)
      .replace(/^SELECT .+? FROM/, `SELECT ${measure} FROM`)
      .replace(/LIMIT \d+$/, `LIMIT ${Number(limit) + 1}`)
    const values = (await run(measures)).rows.map(([value]) => value)
    expect(values).toHaveLength(Number(limit) + 1)
    expect(new Set(values).size).toBe(values.length)
  })

  it.each(answerable.filter(({ follows }) => follows))(
    '$id answers something else than what it follows',
    async ({ follows, expectedSql }) => {
      const earlier = answerable.find(({ id }) => id === follows)
      if (!earlier) throw new Error(`no question ${follows}`)
      expect((await run(expectedSql(dates))).rows).not.toEqual((await run(earlier.expectedSql(dates))).rows)
    },
  )
})
