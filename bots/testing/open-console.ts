import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChatPreview } from '../reply/preview.ts'
import { startWebConsole, type WebConsole, type WebConsoleParts } from '../web/start-web-console.ts'
import { type ScriptedAdministration, scriptAdministration } from './scripted-administration.ts'
import { type ScriptedConversation, scriptConversation } from './scripted-conversation.ts'
import { scriptedEvaluations } from './scripted-evaluations.ts'
import { scriptReviews } from './scripted-reviews.ts'
import { shopScript } from './shop-script.ts'

export type TestConsole = Omit<WebConsole, 'close'> & {
  conversation: ScriptedConversation
  administration: ScriptedAdministration
  logged: object[]
  uploadDir: string
  close: () => Promise<void>
}

/** A chat that shows sentence and buttons only. */
const plainPreview: ChatPreview = {
  name: 'Chat',
  preview: async ({ headline, actions }) => [
    { kind: 'text', text: headline, style: 'strong' },
    { kind: 'folded', title: 'More', parts: [{ kind: 'table', columns: ['n'], rows: [['1']] }] },
    { kind: 'buttons', labels: actions },
  ],
}

/** What a web console is made of, over the scripted shop. */
export function testParts(options: { stepMs?: number } = {}) {
  const logged: object[] = []
  const note = (entry: object) => void logged.push(entry)
  const uploadDir = mkdtempSync(join(tmpdir(), 'rowbot-uploads-'))
  return {
    conversation: scriptConversation({ ...shopScript, ...options }),
    evaluations: scriptedEvaluations,
    reviews: scriptReviews(),
    administration: scriptAdministration(),
    previews: [plainPreview],
    asker: { locale: 'en-GB', timeZone: 'UTC', weekStart: 'monday' as const },
    password: null as string | null,
    publicUrl: null as string | null,
    uploadDir,
    uploadLimitBytes: 1024 * 1024,
    log: { info: note, warn: note, error: note } as unknown as WebConsoleParts['log'],
    logged,
  }
}

/** A web console that really listens, over the scripted shop. */
export async function openConsole(options: { stepMs?: number } & Partial<WebConsoleParts> = {}): Promise<TestConsole> {
  const { stepMs, ...given } = options
  const parts = testParts(stepMs === undefined ? {} : { stepMs })
  const { url, close } = await startWebConsole({ ...parts, host: '127.0.0.1', port: 0, ...given })
  return {
    url,
    conversation: parts.conversation,
    administration: parts.administration,
    logged: parts.logged,
    uploadDir: parts.uploadDir,
    close: async () => {
      await close({ graceMs: 1000 })
      rmSync(parts.uploadDir, { recursive: true, force: true })
    },
  }
}
