import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runRowbot } from '../rowbot.ts'
import { type PicturedLine, pictureChat } from './picture-chat.ts'

export const PATIENCE_MS = 300_000

/** A chat with people in it, and how it looks once they have talked. */
export type Demo = {
  env: Record<string, string>
  talk(): Promise<void>
  /** All that was said, as text. */
  told(): string
  /** What was said in the channel, to be pictured. */
  lines(): PicturedLine[]
  close(): Promise<void>
}

/**
 * The whole bot with its embedded model in a fake chat: prints a conversation about the sample shop as people would see it. With a file
 * name behind the command, a picture of it is saved there.
 */
export async function runDemo({ env, talk, told, lines, close }: Demo): Promise<void> {
  const print = (text: string) => void process.stdout.write(text)
  const home = mkdtempSync(join(tmpdir(), 'rowbot-demo-'))
  const stopping = new AbortController()
  const running = runRowbot(['start'], {
    env: { ROWBOT_HOME: home, ROWBOT_PORT: '0', ROWBOT_LOG_LEVEL: 'warn', ...env },
    terminal: { input: Readable.from([]), write: () => undefined, notice: print, interactive: false, width: 100 },
    signal: stopping.signal,
  })
  try {
    const ended = running.then((code) => Promise.reject(new Error(`Rowbot ended with ${code}`)))
    await Promise.race([talk(), ended])
    const [, , file] = process.argv
    if (file) await pictureChat('sales', lines(), file)
  } finally {
    print(`\n${told()}\n`)
    stopping.abort(new Error('the demo is over'))
    await running
    await close()
    rmSync(home, { recursive: true, force: true })
  }
}
