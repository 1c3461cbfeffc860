import type { Measured } from '../measured.ts'
import { quantile } from '../statistics/quantile.ts'
import { runShop } from './run-shop.ts'

const LIMITS = { maxRows: 200_000, deadlineMs: 30_000 }

/** Asks the 40 everyday questions of the sample shop, prints every answer and one line of JSON, and gives how many are right. */
export async function evaluateShop(
  measured: Measured,
  { shop, today }: { shop: string; today: string },
): Promise<number> {
  const database = await measured.databases.open(shop)
  const results = await runShop({
    ...measured,
    assistant: measured.assistantOver(measured.generator),
    shop,
    today,
    run: async (sql) => (await database.run(sql, LIMITS)).outcome,
    onResult: ({ right, question, sql, said, ms }) =>
      measured.print(`${right ? '✓' : '✗'} ${question} (${Math.round(ms)} ms)${right ? '' : `\n    ${sql ?? said}`}`),
  })
  const right = results.filter((result) => result.right).length
  const times = results.map(({ ms }) => ms)
  measured.print(JSON.stringify({ n: results.length, right, p50Ms: quantile(times, 0.5) }))
  return right
}
