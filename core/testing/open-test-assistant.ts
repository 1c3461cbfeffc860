import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseRegistry } from '#databases/registry/database-registry.ts'
import { openRegistry } from '#databases/registry/registry.ts'
import { createSandbox } from '#databases/sandbox/sandbox.ts'
import { openState, type State } from '#databases/state/open-state.ts'
import type { Generator } from '#models/generator.ts'
import type { Answer } from '../answer.ts'
import type { AskEvent } from '../ask-event.ts'
import { type AskSettings, standardAskSettings } from '../ask-settings.ts'
import { type Assistant, createAssistant } from '../assistant.ts'
import type { Asker, Question } from '../question.ts'

export type TestAssistant = {
  assistant: Assistant<DatabaseRegistry>
  state: State
  registry: DatabaseRegistry
  /** Asks all databases, or those that are named, and gives every event. */
  ask(text: string, about?: Partial<Question>, signal?: AbortSignal): Promise<{ events: AskEvent[]; answer: Answer }>
  close(): Promise<void>
}

export const testAsker: Asker = { id: 'anna', locale: 'en-US', timeZone: 'UTC', weekStart: 'monday' }

let questions = 0

/** An assistant over real state, registry and sandbox, with databases made from SQL dumps; the clock stands at noon of 18 November 2026. */
export async function openTestAssistant(parts: {
  dumps: Record<string, string>
  generator: Generator
  settings?: Partial<AskSettings>
  /** A folder that outlives it, as that of a program that is started again. Default: one that is thrown away. */
  home?: string
  /** The clock of the state. Default: the real one. */
  now?: () => Date
}): Promise<TestAssistant> {
  const folder = parts.home ?? (await mkdtemp(join(tmpdir(), 'rowbot-core-')))
  const state = openState({ path: join(folder, 'state.sqlite'), ...(parts.now && { now: parts.now }) })
  const sandbox = createSandbox({ processes: 2 })
  const registry = openRegistry({ records: state.databases, dataDir: folder, sandbox })
  for (const [name, sql] of Object.entries(parts.dumps)) {
    if (registry.find(name)) continue
    const path = join(folder, `${name}.sql`)
    await writeFile(path, sql)
    const { record } = await registry.addUpload([{ name: `${name}.sql`, path }], { name })
    await (await registry.open(record.id)).values.ready
  }
  const assistant = createAssistant({
    databases: registry,
    generator: parts.generator,
    history: state.questions,
    settings: { ...standardAskSettings, ...parts.settings },
    now: () => new Date('2026-11-18T12:00:00Z'),
  })
  return {
    assistant,
    state,
    registry,
    async ask(text, about = {}, signal) {
      const question: Question = {
        id: `question-${++questions}`,
        text,
        databases: Object.keys(parts.dumps),
        asker: testAsker,
        ...about,
      }
      const events: AskEvent[] = []
      for await (const event of assistant.ask(question, { signal })) events.push(event)
      const last = events.at(-1)
      if (last?.type !== 'answer') throw new Error('the last event is no answer')
      return { events, answer: last.answer }
    },
    async close() {
      await assistant.close()
      await registry.close()
      await sandbox.close()
      state.close()
      if (!parts.home) await rm(folder, { recursive: true, force: true })
    },
  }
}
