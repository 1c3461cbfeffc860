import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRegistry } from '#databases/registry/registry.ts'
import { withFiles } from '#databases/registry/with-files.ts'
import { createSandbox } from '#databases/sandbox/sandbox.ts'
import { openState } from '#databases/state/open-state.ts'
import type { Generator } from '#models/generator.ts'
import { openGenerator } from '#models/open-generator.ts'
import type { Answer } from './answer.ts'
import type { AskEvent } from './ask-event.ts'
import { type AskSettings, standardAskSettings } from './ask-settings.ts'
import { createAssistant as assemble } from './assistant.ts'
import { promptVersion } from './prompt/render-prompt.ts'
import type { Asker, Question, Turn } from './question.ts'
import { RowbotError } from './rowbot-error.ts'
import { type GeneratedSql, writeCheckedSql } from './write-checked-sql.ts'

export type { Answer, Answered, Explanation, ResolvedPeriod, Unanswered } from './answer.ts'
export type { AskEvent } from './ask-event.ts'
export type { Turn } from './question.ts'
export type { GeneratedSql } from './write-checked-sql.ts'

export type LibraryOptions = Partial<AskSettings> & {
  /** Paths of SQLite files, CSV files or SQLite dumps. With several, each question goes to the one that fits. */
  databases: string[]
  /** `embedded` (default), a name of the catalogue, the path of a .gguf file, `server`, or a model that is open already and stays open. */
  model?: string | Generator
  /** For `server`: address of an OpenAI-compatible server. */
  serverUrl?: string
  /** Where fetched models lie. Default ~/.rowbot/models. */
  modelsDirectory?: string
  /** Decides periods, numbers and dates. Default: this machine's locale and time zone, weeks from Monday. */
  asker?: Partial<Omit<Asker, 'id'>>
  now?: () => Date
}

export type LibraryAssistant = {
  /** Events of the work on a question, the answer last. Leaving the loop stops the work. */
  ask(question: string, options?: { follows?: Turn; signal?: AbortSignal }): AsyncIterable<AskEvent>
  /** The same, for whoever wants the answer only. */
  answer(question: string, options?: { follows?: Turn; signal?: AbortSignal }): Promise<Answer>
  close(): Promise<void>
}

/** Opens everything that is needed to ask files questions, and keeps nothing: what it makes on disk is gone after `close`. */
export async function createAssistant(options: LibraryOptions): Promise<LibraryAssistant> {
  const closes: (() => Promise<unknown> | unknown)[] = []
  const close = async () => {
    for (const one of closes.reverse()) await one()
  }
  try {
    const { databases, ids } = await openDatabases(options.databases, closes)
    const generator = await openModel(options, closes)
    const { now } = options
    const assistant = assemble({ databases, generator, settings: { ...standardAskSettings, ...given(options) }, now })
    closes.push(() => assistant.close())
    const asker = localAsker(options.asker)
    const ask: LibraryAssistant['ask'] = (text, { follows, signal } = {}) => {
      const question: Question = {
        id: randomUUID(),
        text,
        databases: ids,
        asker,
        ...(follows && { follows }),
      }
      return assistant.ask(question, { signal })
    }
    return { ask, answer: async (text, asking) => lastAnswer(ask(text, asking)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * The SQL for a question about a schema that is given as DDL text (CREATE TABLE statements), without any data. The query is checked
 * against the schema and never run.
 */
export async function generateSql(
  schemaDdl: string,
  question: string,
  options: Omit<LibraryOptions, 'databases'> & { signal?: AbortSignal } = {},
): Promise<GeneratedSql> {
  const closes: (() => Promise<unknown> | unknown)[] = []
  try {
    const sandbox = createSandbox({ processes: 1 })
    closes.push(() => sandbox.close())
    const { signal } = options
    const schema = await sandbox.job('schema-from-ddl', { ddl: schemaDdl }, { deadlineMs: READ_DDL_MS, signal })
    const generator = await openModel(options, closes)
    const asker = localAsker(options.asker)
    const now = (options.now ?? (() => new Date()))()
    const { maxAttempts } = { ...standardAskSettings, ...given(options) }
    return await writeCheckedSql({ schema, question, generator, asker, now, maxAttempts, signal })
  } finally {
    for (const one of closes.reverse()) await one()
  }
}

const READ_DDL_MS = 10_000

async function openDatabases(paths: string[], closes: (() => Promise<unknown> | unknown)[]) {
  if (paths.length === 0) {
    throw new RowbotError({
      code: 'no-database',
      message: 'No database was given.',
      advice: 'Pass the path of at least one file: createAssistant({ databases: ["shop.sqlite"] }).',
    })
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'rowbot-'))
  closes.push(() => rm(dataDir, { recursive: true, force: true }))
  const state = openState({ path: join(dataDir, 'state.sqlite') })
  closes.push(() => state.close())
  const sandbox = createSandbox()
  closes.push(() => sandbox.close())
  const registry = openRegistry({ records: state.databases, dataDir, sandbox })
  closes.push(() => registry.close())
  const databases = withFiles(registry)
  const ids = new Set<string>()
  for (const path of paths) ids.add(await databases.borrow(path))
  return { databases, ids: [...ids] }
}

async function openModel(
  {
    model = 'embedded',
    serverUrl,
    modelsDirectory = join(homedir(), '.rowbot', 'models'),
  }: Omit<LibraryOptions, 'databases'>,
  closes: (() => Promise<unknown> | unknown)[],
): Promise<Generator> {
  if (typeof model !== 'string') return model
  const generator = await openGenerator({ model, modelsDirectory, serverUrl, promptVersion: promptVersion() })
  closes.push(() => generator.close())
  return generator
}

function given({
  effort,
  maxAttempts,
  answerDeadlineMs,
  queryDeadlineMs,
  maxRows,
}: Partial<AskSettings>): Partial<AskSettings> {
  const settings = { effort, maxAttempts, answerDeadlineMs, queryDeadlineMs, maxRows }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

function localAsker(asker: LibraryOptions['asker']): Asker {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { id: 'local', locale, timeZone, weekStart: 'monday', ...asker }
}

async function lastAnswer(events: AsyncIterable<AskEvent>): Promise<Answer> {
  for await (const event of events) if (event.type === 'answer') return event.answer
  throw new Error('the work on the question ended without an answer')
}
