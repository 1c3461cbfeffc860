import { groupBy } from '#core/group-by.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import type { Draws } from '#databases/sample/draws.ts'
import type { Schema } from '#databases/schema/schema.ts'
import { birdExamples, readBird } from './bird-examples.ts'
import { generateEveryday } from './everyday/generate-everyday.ts'
import type { ExampleDatabase } from './render-example.ts'
import { spiderExamples } from './spider-examples.ts'
import type { TrainingExample } from './training-example.ts'
import { shuffled } from './vary-schema.ts'
import { type VerifiedSource, verifiedExamples } from './verified-examples.ts'
import { readWikiSql, wikiSqlExamples } from './wikisql-examples.ts'

/** Where examples come from. */
export type TrainingSources = {
  /** Questions with gold queries, and the file of their database; nothing of held-back databases. */
  spider: { database: string; question: string; sql: string; file: string }[]
  /** Folder with BIRD's train split, where there is one. */
  birdFolder: string | null
  /** Folder with WikiSQL, where there is one. */
  wikiSqlFolder: string | null
  verified: VerifiedSource | null
  open: (file: string) => Promise<OpenDatabase>
  readDdl: (ddl: string) => Promise<Schema>
  print: (line: string) => void
  now: Date
  seed: number
  /** Everyday questions a database, BIRD questions a schema, WikiSQL questions in all. */
  everyday: number
  bird: number
  wikiSql: number
}

/** The examples of one database. */
export type TrainingGroup = { examples: TrainingExample[]; database: ExampleDatabase & { name: string } }

/** BIRD schemas beyond this are left out: they would be cut for each question, and no prefix shared. */
const LONGEST_SCHEMA = 3_600

/** Everything there is to train on, database by database. */
export async function* trainingGroups(sources: TrainingSources, draws: Draws): AsyncGenerator<TrainingGroup> {
  yield* spiderGroups(sources, draws)
  yield* birdGroups(sources, draws)
  yield* wikiSqlGroups(sources, draws)
  yield* verifiedGroups(sources, draws)
}

async function* spiderGroups(sources: TrainingSources, draws: Draws): AsyncGenerator<TrainingGroup> {
  for (const [name, cases] of groupBy(sources.spider, ({ database }) => database)) {
    const database = await sources.open(cases[0]?.file ?? '')
    await database.values.ready
    const examples = await spiderExamples(cases, database, { draws, now: sources.now })
    examples.push(...everyday(database.schema, sources.everyday, sources.seed, draws))
    yield { examples, database: { name, schema: database.schema, values: database.values } }
  }
}

async function* birdGroups(sources: TrainingSources, draws: Draws): AsyncGenerator<TrainingGroup> {
  if (sources.birdFolder === null) return
  const { cases, ddl } = await readBird(sources.birdFolder)
  const byDatabase = groupBy(cases, ({ db_id }) => db_id)
  for (const [name, text] of Object.entries(ddl)) {
    if (text.length > LONGEST_SCHEMA) {
      sources.print(`${name} is left out: its schema is too long`)
      continue
    }
    const schema = await sources.readDdl(text)
    const asked = shuffled(byDatabase.get(name) ?? [], draws)
    const examples = birdExamples(asked, schema, { draws, now: sources.now, most: sources.bird })
    examples.push(...everyday(schema, Math.ceil(sources.everyday / 2), sources.seed, draws))
    yield { examples, database: { name, schema, values: NO_VALUES } }
  }
}

async function* wikiSqlGroups(
  { wikiSqlFolder, wikiSql, readDdl, now }: TrainingSources,
  draws: Draws,
): AsyncGenerator<TrainingGroup> {
  if (wikiSqlFolder === null) return
  for (const { name, ddl, cases } of await readWikiSql(wikiSqlFolder, { most: wikiSql, draws })) {
    const schema = await readDdl(ddl)
    yield { examples: wikiSqlExamples(cases, schema, now), database: { name, schema, values: NO_VALUES } }
  }
}

async function* verifiedGroups({ verified, now }: TrainingSources, draws: Draws): AsyncGenerator<TrainingGroup> {
  for (const { id } of verified?.databases ?? []) {
    if (!verified || verified.knowledge.verified.list(id, 1).length === 0) continue
    const database = await verified.open(id)
    await database.values.ready
    const examples = await verifiedExamples(database, verified, { draws, now })
    yield { examples, database: { name: database.record.name, schema: database.schema, values: database.values } }
  }
}

const NO_VALUES: ExampleDatabase['values'] = { match: () => [] }

/** Asked on different days, so that no year is learnt. */
function everyday(schema: Schema, count: number, seed: number, draws: Draws): TrainingExample[] {
  const dayMs = 86_400_000
  return [0, 1].flatMap((part) => {
    const now = new Date(Date.UTC(2019, 0, 1) + draws.whole(0, 3650) * dayMs + 43_200_000)
    const made = generateEveryday({ schema, seed: seed + part, count: Math.ceil(count / 2), now })
    return made.map(({ text, sql, follows }): TrainingExample => ({ source: 'everyday', text, sql, follows, now }))
  })
}
