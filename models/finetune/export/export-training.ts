import { open as openFile } from 'node:fs/promises'
import type { AskedDatabase } from '#core/asked-database.ts'
import { promptVersion } from '#core/prompt/render-prompt.ts'
import type { OpenDatabase } from '#databases/registry/open-database.ts'
import { createDraws, type Draws } from '#databases/sample/draws.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'
import type { PromptPiece } from '#models/chat-format.ts'
import type { Generator } from '#models/generator.ts'
import { type BirdCase, birdExamples, readBird } from './bird-examples.ts'
import { generateEveryday } from './everyday/generate-everyday.ts'
import { type RenderedExample, renderExample } from './render-example.ts'
import { repairExample } from './repair-example.ts'
import { spiderExamples } from './spider-examples.ts'
import type { TrainingExample } from './training-example.ts'
import { shuffled, varySchema } from './vary-schema.ts'

export type ExportParts = {
  /** Questions with gold queries, and the file of their database; nothing of held-back databases. */
  spider: { database: string; question: string; sql: string; file: string }[]
  /** Folder with BIRD's train split, where there is one. */
  birdFolder: string | null
  open: (file: string) => Promise<OpenDatabase>
  readDdl: (ddl: string) => Promise<Schema>
  /** Counts tokens, so that schemas are cut as they are when serving. */
  generator: Generator
  seed: number
  now: Date
  /** Everyday questions a database, BIRD questions a schema. */
  everyday: number
  bird: number
  print: (line: string) => void
}

/** Questions behind one rendering of a schema. */
const PACK_EXAMPLES = 24
const REPAIRS = 0.04
/** BIRD schemas beyond this are left out: they would be cut for each question, and no prefix shared. */
const LONGEST_SCHEMA = 3_600

/**
 * Writes training data as JSON lines: first what made them (prompt version, base model, seed), then one line for each rendering of a schema
 * and the questions behind it, all as finished pieces of text. Gives how many questions of which source were written.
 */
export async function exportTraining(parts: ExportParts, toFile: string): Promise<Record<string, number>> {
  const { generator, seed, now } = parts
  const out = await openFile(toFile, 'w')
  try {
    const write = (line: unknown) => out.write(`${JSON.stringify(line)}\n`)
    const base = { name: generator.identity.name, hash: generator.identity.hash }
    await write({ promptVersion: promptVersion(), base, seed, madeOn: now.toISOString().slice(0, 10) })
    const counts: Record<string, number> = {}
    const draws = createDraws(seed)
    const others: Table[] = []
    for await (const group of groups(parts, draws)) {
      for (const line of renderGroup(group, others, { draws, generator })) {
        for (const { source } of line.examples) counts[source] = (counts[source] ?? 0) + 1
        await write(line)
      }
      others.push(...group.database.schema.tables.filter((table) => table.columns.length < WIDE))
      parts.print(`${group.database.name}: ${group.examples.length}`)
    }
    return counts
  } finally {
    await out.close()
  }
}

/** Tables wider than this are not put into other schemas. */
const WIDE = 12

type Line = { prefix: PromptPiece[]; examples: Omit<RenderedExample, 'prefix'>[] }

function renderGroup(
  { examples, database }: Group,
  others: Table[],
  { draws, generator }: { draws: Draws; generator: Generator },
): Line[] {
  return packed(examples, draws).flatMap((pack) => {
    const schema = varySchema(database.schema, others, draws)
    const rendered = pack
      .flatMap((one) => withRepair(one, schema, draws))
      .map((one) => renderExample(one, { ...database, schema, generator }))
    // A schema over the budget is cut for each question: such questions stand alone.
    return [...grouped(rendered, ({ prefix }) => JSON.stringify(prefix)).values()].map((alike) => ({
      prefix: alike[0]?.prefix ?? [],
      examples: alike.map(({ source, prompt, completion }) => ({ source, prompt, completion })),
    }))
  })
}

type Group = {
  examples: TrainingExample[]
  database: { name: string; schema: Schema; values: AskedDatabase['values'] }
}

async function* groups(parts: ExportParts, draws: Draws): AsyncGenerator<Group> {
  const { now, seed } = parts
  for (const [name, cases] of grouped(parts.spider, ({ database }) => database)) {
    const database = await parts.open(cases[0]?.file ?? '')
    await database.values.ready
    const examples = await spiderExamples(cases, database, { draws, now })
    examples.push(...everyday(database.schema, parts.everyday, seed, draws))
    yield { examples, database: { name, schema: database.schema, values: database.values } }
  }
  if (parts.birdFolder === null) return
  const { cases, ddl } = await readBird(parts.birdFolder)
  const byDatabase = grouped(cases, ({ db_id }: BirdCase) => db_id)
  for (const [name, text] of Object.entries(ddl)) {
    const schema = await parts.readDdl(text).catch(() => null)
    if (!schema || text.length > LONGEST_SCHEMA) continue
    const asked = shuffled(byDatabase.get(name) ?? [], draws)
    const examples = birdExamples(asked, schema, { draws, now, most: parts.bird })
    examples.push(...everyday(schema, Math.ceil(parts.everyday / 2), seed, draws))
    yield { examples, database: { name, schema, values: { match: () => [] } } }
  }
}

function grouped<Item>(items: Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

/** Asked on different days, so that no year is learnt. */
function everyday(schema: Schema, count: number, seed: number, draws: Draws): TrainingExample[] {
  const dayMs = 86_400_000
  return [0, 1].flatMap((part) => {
    const now = new Date(Date.UTC(2019, 0, 1) + draws.whole(0, 3650) * dayMs + 43_200_000)
    const made = generateEveryday({ schema, seed: seed + part, count: Math.ceil(count / 2), now })
    return made.map(({ text, sql, follows }): TrainingExample => ({ source: 'everyday', text, sql, follows, now }))
  })
}

function packed(examples: TrainingExample[], draws: Draws): TrainingExample[][] {
  const mixed = shuffled(examples, draws)
  const count = Math.ceil(mixed.length / PACK_EXAMPLES)
  return Array.from({ length: count }, (_, at) => mixed.filter((_, index) => index % count === at))
}

function withRepair(example: TrainingExample, schema: Schema, draws: Draws): TrainingExample[] {
  const repair = draws.chance(REPAIRS) ? repairExample(example, schema, draws) : null
  return repair ? [example, repair] : [example]
}
