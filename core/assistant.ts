import type { QuestionStore } from '#databases/state/question-store.ts'
import type { Generator } from '#models/generator.ts'
import type { Answer } from './answer.ts'
import { ask } from './ask.ts'
import type { AskEvent } from './ask-event.ts'
import type { AskSettings } from './ask-settings.ts'
import type { AskedDatabases } from './asked-database.ts'
import { createEventChannel } from './event-channel.ts'
import type { Knowledge } from './knowledge/knowledge.ts'
import { promptVersion } from './prompt/render-prompt.ts'
import type { Question, Turn } from './question.ts'
import { advised } from './rowbot-error.ts'
import { type EditedQuery, runEdited } from './run-edited.ts'
import { warmUp } from './warm-up.ts'

export type { SqlValue } from '#databases/schema/schema.ts'
export type { Generator } from '#models/generator.ts'

/** Where questions and answers are remembered: the state's `questions`. */
export type History = Pick<QuestionStore, 'accept' | 'finish' | 'fail' | 'list' | 'get' | 'setFeedback'>

/** Everything the assistant works with. Whoever opened a part closes it; `closes` are those that the assistant owns. */
export type AssistantParts<Databases extends AskedDatabases = AskedDatabases> = {
  databases: Databases
  generator: Generator
  history?: History
  settings: AskSettings
  /** What people have taught about their databases: glossary and verified answers. Default: nothing. */
  knowledge?: Knowledge
  /** Default: the clock of this machine. */
  now?: () => Date
  /** The clock by which stages are timed, in ms. Default: that of this process. */
  elapsedMs?: () => number
  closes?: { close(): Promise<void> | void }[]
}

export type Assistant<Databases extends AskedDatabases = AskedDatabases> = {
  /**
   * Works on a question and tells how it goes; the answer comes last, and is saved by then. Starts at once, whether or not anybody reads.
   * Leaving the loop early stops the work. Throws only for what is broken (a model that cannot be reached, say).
   */
  ask(question: Question, options?: { signal?: AbortSignal }): AsyncIterable<AskEvent>
  /** Runs SQL that a person has edited, through the same gate and limits, as a question of its own. */
  run(query: EditedQuery, options?: { signal?: AbortSignal }): Promise<Answer>
  /** Lets the model read the schema of a database ahead of its first question. */
  warm(databaseId: string, options?: { signal?: AbortSignal }): Promise<void>
  databases: Databases
  history: History | null
  /** Stops what is under way, waits for it, and closes what the assistant owns. */
  close(): Promise<void>
}

/** Puts the parts together. Several questions can be under way at once; they do not mix. */
export function createAssistant<Databases extends AskedDatabases>(
  parts: AssistantParts<Databases>,
): Assistant<Databases> {
  const { databases, generator, history, settings, knowledge, closes = [] } = parts
  const { now = () => new Date(), elapsedMs = () => performance.now() } = parts
  const version = promptVersion()
  const closing = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  const keep = async <Result>(work: Promise<Result>): Promise<Result> => {
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
    }
  }
  const save = async (question: Question, work: Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await work
      history?.finish(question.id, answer)
      return answer
    } catch (error) {
      history?.fail(question.id, advised(error))
      throw error
    }
  }
  const accept = (question: Question) =>
    history?.accept({
      id: question.id,
      workspaceId: question.workspaceId ?? 'local',
      askerId: question.asker.id,
      databaseId: question.databases.length === 1 ? (databases.find(question.databases[0] ?? '')?.id ?? null) : null,
      text: question.text,
      ...(question.follows && { follows: keptTurn(question.follows) }),
    })

  return {
    databases,
    history: history ?? null,
    ask(question, { signal } = {}) {
      const channel = createEventChannel<AskEvent>()
      const left = new AbortController()
      const stops = AbortSignal.any([closing.signal, left.signal, ...(signal ? [signal] : [])])
      accept(question)
      const asked = { databases, generator, settings, now, elapsedMs, promptVersion: version, knowledge }
      keep(save(question, ask(question, asked, { emit: channel.push, signal: stops }))).then((answer) => {
        channel.push({ type: 'answer', answer })
        channel.end()
      }, channel.fail)
      return stopWhenLeft(channel, left)
    },
    async run(query, { signal } = {}) {
      const question: Question = { ...query, text: query.text, databases: [query.database] }
      accept(question)
      const stops = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])])
      return keep(save(question, runEdited(query, { databases, settings, promptVersion: version }, stops)))
    },
    async warm(databaseId, { signal } = {}) {
      const stops = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])])
      await keep(databases.open(databaseId).then(({ schema }) => warmUp(schema, generator, stops)))
    },
    async close() {
      closing.abort(new Error('the assistant was closed'))
      await Promise.allSettled(underWay)
      for (const one of closes) await one.close()
    },
  }
}

/** What a turn is remembered by. What led to it can be found from its id, and may be other people's to have forgotten. */
function keptTurn({ question, sql, id }: Turn): Turn {
  return { question, sql, ...(id !== undefined && { id }) }
}

async function* stopWhenLeft(events: AsyncIterable<AskEvent>, left: AbortController): AsyncGenerator<AskEvent> {
  try {
    yield* events
  } finally {
    left.abort(new Error('nobody listens any more'))
  }
}
