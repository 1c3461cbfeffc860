import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { standardAskSettings } from '#core/ask-settings.ts'
import { createAssistant, type Generator } from '#core/assistant.ts'
import { openTestAssistant, type TestAssistant } from '#core/testing/open-test-assistant.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import type { ChatMessage, NoticeMessage, ReplyMessage } from '../desk/chat-message.ts'
import type { Place } from '../desk/chat-platform.ts'
import { createDesk, type OpenDesk } from '../desk/create-desk.ts'
import type { IncomingQuestion, Response } from '../desk/desk.ts'
import type { DeskParts, DeskSettings } from '../desk/office.ts'
import { createFakePlatform, type FakePlatform, type SeenMessage } from './fake-platform.ts'

export const salesChannel: Place = {
  platform: 'chat',
  workspace: 'w',
  channel: 'sales',
  thread: null,
  direct: false,
  shared: false,
}

/** A desk over real state, databases and sandbox, with a chat in memory. */
export type TestDesk = {
  desk: OpenDesk
  parts: TestAssistant
  platform: FakePlatform
  place: Place
  /** Ids of the databases by name. */
  ids: Record<string, string>
  setClock(iso: string): void
  /** Closes the desk at once and opens another over the same state, as a restart does. */
  restart(): Promise<void>
  ask(text: string, about?: Partial<IncomingQuestion>): string
  /** Asks and waits for the end. */
  answer(text: string, about?: Partial<IncomingQuestion>): Promise<SeenMessage>
  /** Waits until a question has its end, and gives the message that is seen then. */
  ended(questionId: string): Promise<SeenMessage>
  press(action: string, about?: Partial<Parameters<OpenDesk['press']>[0]>): Promise<Response>
  command(text: string, about?: Partial<Parameters<OpenDesk['command']>[0]>): Promise<Response>
  close(): Promise<void>
}

const SETTINGS: DeskSettings = {
  locale: 'en-US',
  timeZone: 'UTC',
  weekStart: 'monday',
  admins: [],
  queueLimit: 100,
  questionsAtOnce: 2,
  uploadLimitBytes: 1_000_000,
}

type Given = {
  dumps: Record<string, string>
  generator: Generator
  settings?: Partial<DeskSettings>
  /** Who owns the databases; the channel may ask them where it is bound. Default: nobody. */
  owner?: string
  /** Names of databases that belong to the channels from the start. */
  bound?: string[]
  /** Name of the database that everybody may ask. Default: none. */
  sample?: string
  /** Default: the sales channel alone. */
  channels?: string[]
  /** Default: nothing is kept. */
  log?: DeskParts['log']
}

const SILENT: DeskParts['log'] = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let asked = 0

export async function openTestDesk(given: Given): Promise<TestDesk> {
  const { dumps, generator, settings, owner, bound = [], channels = ['sales'], sample, log = SILENT } = given
  let clock: Date | null = null
  const now = () => clock ?? new Date()
  const parts = await openTestAssistant({ dumps, generator, now })
  const { state, registry } = parts
  const assistant = createAssistant({
    databases: registry,
    generator,
    history: state.questions,
    settings: standardAskSettings,
    knowledge: state,
    now: () => clock ?? new Date('2026-11-18T12:00:00Z'),
  })
  const uploadDir = mkdtempSync(join(tmpdir(), 'rowbot-desk-'))
  const platform = createFakePlatform()
  const ids = Object.fromEntries(registry.list().map(({ id, name }) => [name, id]))
  if (owner) {
    state.people.ensure({ id: `chat:${owner}`, workspaceId: 'chat:w', name: owner })
    for (const id of Object.values(ids)) state.databases.update(id, { ownerId: `chat:${owner}` })
  }
  const keys = channels.map((channel) => `chat:w:${channel}`)
  const sampleId = (sample && ids[sample]) ?? null
  const none = { people: [], groups: [], guests: false, strangers: false }
  for (const name of bound) state.access.setRules(ids[name] ?? '', { ...none, channels: keys })
  const boundIds = bound.map((name) => ids[name] ?? '')
  for (const key of keys) state.access.bind(key, boundIds)
  const open = () => {
    const conversation = createConversation({
      assistant,
      history: state.questions,
      removeQuestion: (id) => state.forgetQuestion(id).questions > 0,
      sampleId,
      maxCsvRows: 1000,
    })
    const opened = createDesk({
      conversation,
      memory: state,
      databases: registry,
      sampleId,
      settings: { ...SETTINGS, ...settings },
      uploadDir,
      model: 'scripted',
      benchmark: async () => [],
      log,
      now,
    })
    opened.connect(platform)
    return opened
  }
  const doing = () => ({ key: `key-${++asked}`, place: salesChannel, personId: 'ann', handle: null })
  const test: TestDesk = {
    desk: open(),
    parts,
    platform,
    place: salesChannel,
    ids,
    setClock: (iso) => {
      clock = new Date(iso)
    },
    async restart() {
      await test.desk.close({ graceMs: 0 })
      test.desk = open()
    },
    ask(text, about = {}) {
      const none = { message: null, follows: null, database: null, visibility: null }
      const accepted = test.desk.accept({ ...doing(), ...none, text, ...about })
      if (accepted.kind === 'refused') throw new Error(`refused: ${wordsOf(accepted.message)}`)
      return accepted.questionId
    },
    answer: (text, about) => test.ended(test.ask(text, about)),
    async ended(questionId) {
      await eventually(() => {
        const reached = state.jobs.get(questionId)?.state
        if (reached !== 'done' && reached !== 'choosing') throw new Error(`${questionId} is ${reached}`)
      })
      const posted = state.jobs.get(questionId)?.posted
      const seen = platform.messages.find(({ ref }) => ref === posted)
      if (!seen) throw new Error(`nothing is seen of ${questionId}`)
      return seen
    },
    press: (action, about) => test.desk.press({ ...doing(), action, values: [], message: null, ...about }),
    command: (text, about) =>
      test.desk.command({ ...doing(), words: text.split(' ').filter(Boolean), files: [], ...about }),
    async close() {
      await test.desk.close({ graceMs: 0 })
      await assistant.close()
      await parts.close()
      rmSync(uploadDir, { recursive: true, force: true })
    },
  }
  return test
}

/** All words of a message. */
export function wordsOf(message: ChatMessage): string {
  if (message.kind === 'reply') return [...message.lead, message.reply.headline, ...message.reply.notes].join(' ')
  if (message.kind === 'page')
    return [message.title, ...message.sections.flatMap(({ heading, lines }) => [heading ?? '', ...lines])].join(' ')
  return message.kind === 'notice' ? `${message.text} ${message.advice ?? ''}` : message.text
}

/** What was said to the person who did something. */
export function saidTo(response: Response): string {
  if (response.kind !== 'say') throw new Error(`nothing was said: ${JSON.stringify(response)}`)
  return wordsOf(response.message)
}

export function asReply(message: ChatMessage): ReplyMessage {
  if (message.kind !== 'reply') throw new Error(`no reply: ${wordsOf(message)}`)
  return message
}

export function asNotice(message: ChatMessage): NoticeMessage {
  if (message.kind !== 'notice') throw new Error(`no notice: ${wordsOf(message)}`)
  return message
}

const PATIENCE_MS = 15_000

/** Repeats a check until it holds: machines that are busy with something else take their time. */
export async function eventually<Checked>(check: () => Checked | Promise<Checked>): Promise<Checked> {
  for (const until = Date.now() + PATIENCE_MS; ; await delay(10)) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}
