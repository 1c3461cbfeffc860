import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { groupBy } from '#core/group-by.ts'
import { createDraws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import type { DatasetCase } from '../datasets/dataset-case.ts'
import { readHeldBack } from '../datasets/held-back.ts'
import { inOtherWords, withSlips } from '../variants/other-clothes.ts'
import byHand from './by-hand.json' with { type: 'json' }
import { nearMisses } from './near-misses.ts'
import type { RefusalCase } from './refusal-case.ts'

const ALL = 10_000

/**
 * Held-back questions; near misses; questions asked of another database than the one that they are about; and those written by hand. Of the
 * first two every fourth is in other words and every fourth has slips: people do not use the words of the schema. `limit` bounds each of the
 * first three; questions of one database stand together.
 */
export async function refusalCases(
  { spider, limit }: { spider: string; limit: number },
  schemaOf: (file: string) => Promise<Schema>,
): Promise<RefusalCase[]> {
  const all = await readHeldBack(spider, ALL)
  const answerable = (await readHeldBack(spider, limit)).map((one) => asked('answerable', one, one))
  const near: RefusalCase[] = []
  for (const cases of groupBy(all, ({ database }) => database).values()) {
    const [first] = cases
    if (first) near.push(...nearMisses(cases, await schemaOf(first.file)))
  }
  const written = byHand.map(({ database, question }) => ({
    kind: 'by-hand' as const,
    database,
    file: join(spider, 'database', database, `${database}.sqlite`),
    question,
    hidden: [],
    gold: null,
  }))
  const dressed = [...answerable, ...sample(near, limit)].map(inOtherClothes(all))
  return together([...dressed, ...sample(aliens(all), limit), ...written])
}

function inOtherClothes(all: DatasetCase[]): (one: RefusalCase, index: number) => RefusalCase {
  const draws = createDraws(1)
  const byText = new Map(all.map((one) => [one.question, one]))
  return (one, index) => {
    const asked = byText.get(one.question)
    const change = [null, inOtherWords, null, withSlips][index % 4]
    return asked && change ? { ...one, question: change(asked, draws) } : one
  }
}

function asked(
  kind: 'answerable' | 'alien',
  { question }: DatasetCase,
  { database, file, ...rest }: DatasetCase,
): RefusalCase {
  const gold = kind === 'answerable' ? { ...rest, question, database, file } : null
  return { kind, database, file, question, hidden: [], gold }
}

/** Every question, asked of the database that stands half the list further on. */
function aliens(all: DatasetCase[]): RefusalCase[] {
  return all.flatMap((one, index) => {
    const other = all[(index + Math.floor(all.length / 2)) % all.length]
    return other && other.database !== one.database ? [asked('alien', one, other)] : []
  })
}

function sample(cases: RefusalCase[], limit: number): RefusalCase[] {
  const key = (one: RefusalCase) =>
    createHash('sha256')
      .update(`${one.database}\n${one.question}\n${JSON.stringify(one.hidden)}`)
      .digest('hex')
  return [...cases].sort((one, other) => (key(one) < key(other) ? -1 : 1)).slice(0, limit)
}

function together(cases: RefusalCase[]): RefusalCase[] {
  const key = (one: RefusalCase) => `${one.database}\n${JSON.stringify(one.hidden)}`
  return [...groupBy(cases, key).values()].flat()
}
