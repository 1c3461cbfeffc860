import { standardAskSettings } from '#core/ask-settings.ts'
import { createAssistant } from '#core/assistant.ts'
import { openTestAssistant } from '#core/testing/open-test-assistant.ts'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import { createDesk } from '../desk/create-desk.ts'
import type { IncomingQuestion } from '../desk/desk.ts'
import { type PlatformCall, type PlatformResult, remotePlatform } from './remote-platform.ts'

/** What the process is told: a question, or what came of a call. */
export type ToDesk = { type: 'ask'; incoming: IncomingQuestion } | PlatformResult
/** What it tells: it is ready, a question is saved, a call. */
export type FromDesk = { type: 'ready' } | { type: 'accepted'; key: string; questionId: string } | PlatformCall

const MODEL_MS = 30

// A program of its own, to be killed: a desk over the data directory in its first argument, whose chat is in the parent process.
const home = process.argv[2] ?? ''
const tell = (message: FromDesk) => void process.send?.(message)
const hear = (listener: (message: ToDesk) => void) => void process.on('message', listener)

const generator = scriptedGenerator([{ when: /./, say: 'SELECT COUNT(*) FROM students', delayMs: MODEL_MS }])
const { state, registry } = await openTestAssistant({ dumps: { school: SCHOOL_DUMP }, generator, home })
state.questions.interrupted()
const [school] = registry.list()
const none = { people: [], groups: [], guests: false, strangers: false }
for (let channel = 0; channel < 20; channel++) {
  const key = `chat:w:channel-${channel}`
  const rules = state.access.rules(school?.id ?? '')
  state.access.setRules(school?.id ?? '', { ...none, channels: [...new Set([...rules.channels, key])] })
  state.access.bind(key, [school?.id ?? ''])
}
const conversation = createConversation({
  assistant: createAssistant({
    databases: registry,
    generator,
    history: state.questions,
    settings: standardAskSettings,
  }),
  history: state.questions,
  removeQuestion: () => false,
  sampleId: null,
  maxCsvRows: 100,
})
const desk = createDesk({
  conversation,
  memory: state,
  databases: registry,
  sampleId: null,
  settings: {
    locale: 'en',
    timeZone: 'UTC',
    weekStart: 'monday',
    admins: [],
    queueLimit: 10_000,
    questionsAtOnce: 4,
    uploadLimitBytes: 1,
  },
  uploadDir: home,
  model: 'scripted',
  benchmark: async () => [],
  log: { debug() {}, info() {}, warn() {}, error: (...said: unknown[]) => console.error(...said) },
})
const onResult = (listener: (message: PlatformResult) => void) =>
  hear((message) => {
    if (message.type === 'result') listener(message)
  })
desk.connect(remotePlatform('chat', { send: tell, onResult }))
hear((message) => {
  if (message.type !== 'ask') return
  const accepted = desk.accept(message.incoming)
  if (accepted.kind !== 'refused')
    tell({ type: 'accepted', key: message.incoming.key, questionId: accepted.questionId })
})
process.on('disconnect', () => process.exit())
tell({ type: 'ready' })
