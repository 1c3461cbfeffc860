import { randomUUID } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { RowbotError } from '#core/rowbot-error.ts'
import type { Reply } from '../reply/reply.ts'
import { another } from './another.ts'
import type { CommandLine } from './host.ts'
import { EXIT, type Flags, type Rowbot, type Terminal } from './host.ts'
import { plainLines } from './plain-lines.ts'
import { renderReply } from './render-reply.ts'
import { replyJson } from './reply-json.ts'
import { sayError } from './say-error.ts'
import { createStatusLine } from './status-line.ts'

type AskFlags = Flags & { db?: string[]; json?: boolean; trace?: boolean; sqlOnly?: boolean }

/** `ask` for one question, `chat` for several that may follow up on each other. */
export function addAskCommands(program: Command, line: CommandLine): void {
  const common = (command: Command) =>
    command
      .option(
        '--db <file-or-name>',
        'database to ask: a SQLite, CSV or dump file, or the name of a registered one (default: all registered); may be given several times',
        another,
      )
      .option('--trace', 'show every query that was tried')
      .option('--model <name>', 'embedded, server, a name from `rowbot models list`, or a .gguf file')
      .option('--effort <effort>', 'fast, balanced or thorough')

  common(program.command('ask'))
    .description('answer one question (read from standard input where none is given)')
    .argument('[question...]')
    .option('--json', 'print one JSON object')
    .option('--sql-only', 'print the SQL alone')
    .action(async (words: string[], flags: AskFlags) => line.exit(await askOnce(words.join(' '), flags, line)))

  common(program.command('chat'))
    .description('ask several questions; each may follow up on the one before')
    .action(async (flags: AskFlags) => line.exit(await chat(flags, line)))
}

async function askOnce(words: string, flags: AskFlags, { host, terminal, signal }: CommandLine): Promise<number> {
  const text = words || (terminal.input.isTTY ? '' : await readAll(terminal.input))
  if (text.trim() === '') {
    throw new RowbotError({
      code: 'no-question',
      message: 'There is no question.',
      advice: 'Write it after the command: rowbot ask --db shop.sqlite "how many orders last week"',
    })
  }
  const rowbot = await host.open(flags)
  try {
    const databases = await chosenDatabases(flags.db, rowbot)
    const reply = await ask({ text, databases }, { rowbot, terminal, signal })
    await print(reply, flags, rowbot, terminal)
    return reply.kind === 'answered' ? EXIT.answered : EXIT.unanswered
  } finally {
    await rowbot.close()
  }
}

async function chat(flags: AskFlags, { host, terminal, signal }: CommandLine): Promise<number> {
  const rowbot = await host.open(flags)
  try {
    const databases = await chosenDatabases(flags.db, rowbot)
    // Lines that come in before the loop below begins would be lost, so nothing may be waited for in between.
    const lines = createInterface({ input: terminal.input, crlfDelay: Number.POSITIVE_INFINITY, signal })
    terminal.notice('Ask a question; the next may follow up on it. "new" starts afresh, an empty line ends.\n')
    let last: Reply | null | undefined
    let follows: string | undefined
    terminal.notice('> ')
    for await (const text of lines) {
      if (text.trim() === '' || signal.aborted) break
      if (text.trim() === 'new') follows = undefined
      else {
        last = await takeTurn({ text, databases, follows }, flags, { rowbot, terminal, signal })
        if (last?.kind === 'answered') follows = last.questionId
      }
      terminal.notice('> ')
    }
    if (last === null) return EXIT.error
    return last?.kind === 'unanswered' ? EXIT.unanswered : EXIT.answered
  } finally {
    await rowbot.close()
  }
}

/** One question of a chat; null where it broke, which does not end the chat. */
async function takeTurn(request: Asking, flags: AskFlags, place: AskPlace): Promise<Reply | null> {
  const { terminal } = place
  try {
    const reply = await ask(request, place)
    terminal.write(`\n${renderReply(reply, { width: terminal.width, trace: flags.trace === true })}\n`)
    return reply
  } catch (error) {
    sayError(error, terminal)
    return null
  }
}

/** A path to a file wins over a registered database of that name only where such a file exists. */
async function chosenDatabases(given: string[] | undefined, rowbot: Rowbot): Promise<string[]> {
  return Promise.all((given ?? []).map((one) => (isFile(one) ? rowbot.borrow(resolve(one)) : one)))
}

function isFile(text: string): boolean {
  const found = existsSync(text) ? statSync(text) : undefined
  if (found?.isDirectory() && text.includes(sep)) throw folderGiven(text)
  return found?.isFile() === true
}

function folderGiven(path: string): RowbotError {
  return new RowbotError({
    code: 'folder-given',
    message: `${path} is a folder, not a database.`,
    advice: 'Name the database file in it, or a registered database (`rowbot databases list`).',
  })
}

type Asking = { text: string; databases: string[]; follows?: string }
type AskPlace = { rowbot: Rowbot; terminal: Terminal; signal: AbortSignal }

async function ask(asking: Asking, { rowbot, terminal, signal }: AskPlace): Promise<Reply> {
  const progress = createStatusLine(terminal)
  const request = { id: randomUUID(), asker: rowbot.asker, ...asking }
  try {
    for await (const update of rowbot.conversation.ask(request, { signal })) {
      if (update.type === 'reply') return update.reply
      progress.show(update)
    }
  } finally {
    progress.end()
  }
  throw new Error('a conversation ended without a reply')
}

async function print(reply: Reply, flags: AskFlags, rowbot: Rowbot, terminal: Terminal): Promise<void> {
  if (flags.json) {
    const result = reply.kind === 'answered' ? await rowbot.conversation.result(reply.questionId, rowbot.asker) : null
    terminal.write(`${replyJson(reply, result)}\n`)
  } else if (flags.sqlOnly && reply.kind === 'answered') terminal.write(`${plainLines(reply.sql)}\n`)
  else if (flags.sqlOnly) terminal.notice(`${reply.headline}\n`)
  else terminal.write(renderReply(reply, { width: terminal.width, trace: flags.trace === true }))
}

async function readAll(input: AsyncIterable<Buffer | string>): Promise<string> {
  const pieces: string[] = []
  for await (const piece of input) pieces.push(String(piece))
  return pieces.join('')
}
