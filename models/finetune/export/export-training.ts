import { createDraws, type Draws } from '#databases/sample/draws.ts'
import type { Schema, Table } from '#databases/schema/schema.ts'
import type { Generator } from '#models/generator.ts'
import { linesOf, type OutputFormat } from './output-format.ts'
import { renameSchema } from './rename-schema.ts'
import { type ExampleDatabase, type RenderedExample, renderExample } from './render-example.ts'
import { repairExample } from './repair-example.ts'
import type { TrainingExample } from './training-example.ts'
import { writeTrainingFile } from './training-file.ts'
import { type TrainingGroup, type TrainingSources, trainingGroups } from './training-groups.ts'
import { askedInVain, askedOfTable } from './unanswerable/unanswerable-example.ts'
import { withoutTable } from './unanswerable/without-table.ts'
import { shuffled, varySchema } from './vary-schema.ts'

export type ExportParts = TrainingSources & {
  /** Counts tokens, so that schemas are cut as they are when serving. */
  generator: Generator
  format: OutputFormat
}

/** Questions behind one rendering of a schema. */
const PACK_EXAMPLES = 24
const REPAIRS = 0.04
/** Databases of which some questions are asked once more with other names in the schema. */
const RENAMED = 0.8
const RENAMED_EXAMPLES = 12
/** Questions asked once more of what the schema does not hold, in the words of a question that has an answer, or for a pack in our own. */
const IN_VAIN = 0.12
const IN_VAIN_PACK = 0.5
/** Databases that are asked once more with a table left out. */
const WITHOUT_TABLE = 0.4
/** Tables wider than this are not put into other schemas. */
const WIDE = 12

/** Writes training data, all as finished text. Gives how many questions of which source were written. */
export async function exportTraining(parts: ExportParts, toFile: string): Promise<Record<string, number>> {
  const { generator, seed, now, format } = parts
  const counts: Record<string, number> = {}
  const draws = createDraws(seed)
  const others: Table[] = []
  await writeTrainingFile(toFile, { generator, seed, now, format }, async (write) => {
    for await (const group of trainingGroups(parts, draws)) {
      for (const rendered of renderGroup(group, others, { draws, generator })) {
        for (const { source } of rendered) counts[source] = (counts[source] ?? 0) + 1
        await write(linesOf(rendered, format))
      }
      others.push(...group.database.schema.tables.filter((table) => table.columns.length < WIDE))
      parts.print(`${group.database.name}: ${group.examples.length}`)
    }
  })
  return counts
}

type Rendering = { draws: Draws; generator: Generator }

/** The examples of a database in packs, each behind a rendering of its schema. */
function renderGroup(
  { examples, database }: TrainingGroup,
  others: Table[],
  { draws, generator }: Rendering,
): RenderedExample[][] {
  const render = (pack: TrainingExample[], asked: ExampleDatabase) =>
    [
      ...pack.flatMap((one) => withRepair(one, { ...asked, generator }, draws)),
      ...inVain(pack, asked.schema, others, draws),
    ].map((one) => renderExample(one, { ...asked, generator }))
  const packs = packed(examples, draws).map((pack) =>
    render(pack, { ...database, schema: varySchema(database.schema, others, draws) }),
  )
  const again = draws.chance(RENAMED) ? renamed(examples, database, draws) : null
  if (again && again.examples.length > 0) packs.push(render(again.examples, again.database))
  const less = draws.chance(WITHOUT_TABLE)
    ? withoutTable(shuffled(examples, draws).slice(0, PACK_EXAMPLES), database.schema, draws)
    : null
  if (less) packs.push(less.examples.map((one) => renderExample(one, { ...database, schema: less.schema, generator })))
  return packs
}

function inVain(pack: TrainingExample[], schema: Schema, others: Table[], draws: Draws): TrainingExample[] {
  const foreign = others.filter(({ name }) => schema.tables.every((table) => table.name !== name))
  const asked = pack
    .filter(({ follows, failed }) => !follows && !failed && draws.chance(IN_VAIN))
    .flatMap((one) => askedInVain(one, schema, foreign, draws) ?? [])
  const [first] = pack
  const own = first && draws.chance(IN_VAIN_PACK) ? askedOfTable(schema, first.now, draws) : null
  return own ? [...asked, own] : asked
}

function packed(examples: TrainingExample[], draws: Draws): TrainingExample[][] {
  const mixed = shuffled(examples, draws)
  const count = Math.ceil(mixed.length / PACK_EXAMPLES)
  return Array.from({ length: count }, (_, at) => mixed.filter((_, index) => index % count === at))
}

/** Everyday questions are left as they are: what serving hints at depends on the names that they were made from. */
function renamed(examples: TrainingExample[], database: ExampleDatabase, draws: Draws) {
  const asked = shuffled(
    examples.filter(({ source }) => source === 'spider' || source === 'bird'),
    draws,
  )
  const other = renameSchema(database, draws)
  const found = asked.slice(0, RENAMED_EXAMPLES).map((one) => other.example(one))
  return { examples: found.filter((one) => one !== null), database: other.database }
}

function withRepair(
  example: TrainingExample,
  database: ExampleDatabase & { generator: Generator },
  draws: Draws,
): TrainingExample[] {
  const repair = draws.chance(REPAIRS) ? repairExample(example, database, draws) : null
  return repair ? [example, repair] : [example]
}
