import type { Config } from '#core/config.ts'
import { isLocale, isTimeZone } from '#core/setting-values.ts'
import { isHeldBack } from '#eval/datasets/held-back.ts'
import { readSpider } from '#eval/datasets/spider.ts'
import { exportTraining } from '#models/finetune/export/export-training.ts'
import type { VerifiedSource } from '#models/finetune/export/verified-examples.ts'
import type { Terminal } from '../cli/host.ts'
import type { ExportFlags } from '../cli/training-host.ts'
import { type Closing, createClosing } from '../closing.ts'
import { openDatasetRooms } from './open-dataset-rooms.ts'
import { localAsker, openModel, openRooms } from './open-rooms.ts'

const READ_DDL_MS = 10_000

/** Everyday questions a database, BIRD questions a schema, WikiSQL questions in all. */
const TRAINING = { everyday: 17, bird: 18, wikiSql: 400 }
const HELD_BACK = { everyday: 4, bird: 0, wikiSql: 0 }

/** Writes training data of all databases that may be trained on, or of those that never are. Gives how many examples of which source there are. */
export async function writeTraining(
  file: string,
  { spider, bird, wikisql, verified, format, heldBack, seed }: ExportFlags & { spider: string },
  { config: given, terminal, signal }: { config: Config; terminal: Terminal; signal: AbortSignal },
): Promise<Record<string, number>> {
  const cases = (await readSpider(spider, 'train')).filter(({ database }) => isHeldBack(database) === heldBack)
  const closing = createClosing()
  try {
    const { open, sandbox } = await openDatasetRooms(given, closing, signal)
    const generator = await openModel({ ...given, adapter: 'off' })
    closing.add(() => generator.close())
    return await exportTraining(
      {
        spider: cases.map(({ database, question, accepted: [sql = ''], file: path }) => ({
          database,
          question,
          sql,
          file: path,
        })),
        birdFolder: heldBack ? null : (bird ?? null),
        wikiSqlFolder: heldBack ? null : (wikisql ?? null),
        verified: verified && !heldBack ? await openVerified(given, closing) : null,
        format,
        open,
        readDdl: (ddl) => sandbox.job('schema-from-ddl', { ddl }, { deadlineMs: READ_DDL_MS, signal }),
        generator,
        seed,
        now: new Date(),
        ...(heldBack ? HELD_BACK : TRAINING),
        print: (line) => terminal.notice(`${line}\n`),
      },
      file,
    )
  } finally {
    await closing.close()
  }
}

/** The person's own databases. One that is called like a held-back one is taken for it. */
async function openVerified(config: Config, closing: Closing): Promise<VerifiedSource> {
  const rooms = await openRooms(config)
  closing.add(rooms.close)
  const databases = rooms.state.databases.list().filter(({ name }) => !isHeldBack(name))
  const { locale, timeZone, weekStart } = localAsker(config)
  const clockOf = (askedBy: string | null) => {
    const set = askedBy === null ? null : rooms.state.chatPeople.settings(askedBy)
    return {
      locale: set?.locale && isLocale(set.locale) ? set.locale : locale,
      timeZone: set?.timeZone && isTimeZone(set.timeZone) ? set.timeZone : timeZone,
      weekStart,
    }
  }
  return { databases, open: (id) => rooms.registry.open(id), knowledge: rooms.state, clockOf }
}
