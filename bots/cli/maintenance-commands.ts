import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { describeSettings, type SettingDescription } from '#core/config.ts'
import type { Finding } from '../finding.ts'
import type { CommandLine } from './host.ts'
import { EXIT, type Flags, type Terminal } from './host.ts'

/** `start`, `doctor`, `settings`, `backup`, `restore` and `forget`. */
export function addMaintenanceCommands(program: Command, { host, terminal, signal, exit }: CommandLine): void {
  program
    .command('start')
    .description('start the web console, and the chats and the nightly benchmark that are set up')
    .option('--port <port>', 'port of the web console')
    .option('--host <address>', 'address to listen on; any but this machine’s own needs ROWBOT_PASSWORD')
    .option('--model <name>', 'model that answers')
    .option('--open', 'open the console in the browser')
    .action(async (flags: Flags & { open?: boolean }) => {
      await host.serve(flags, (url) => announce(url, flags.open === true, terminal), signal)
      exit(EXIT.answered)
    })
  program
    .command('doctor')
    .description('look at processor, memory, model, settings and permissions: what is fine, what is not, what to do')
    .option('--json', 'print one JSON object')
    .action(async (flags: Flags & { json?: boolean }) => {
      const findings = await host.doctor(flags)
      terminal.write(flags.json ? `${JSON.stringify({ findings })}\n` : findings.map(findingText).join(''))
      exit(findings.every((finding) => finding.ok) ? EXIT.answered : EXIT.error)
    })
  program
    .command('settings')
    .description('every setting: its environment variable, default, what it accepts and does')
    .action(() => {
      terminal.write(describeSettings().map(settingText).join('\n'))
      exit(EXIT.answered)
    })
  program
    .command('backup')
    .description('save everything that Rowbot keeps into a folder')
    .argument('<folder>')
    .action(async (folder: string, flags: Flags) => {
      const warnings = await host.backup(resolve(folder), flags)
      terminal.write(`Saved in ${folder}. Bring it back with: rowbot restore ${folder}\n`)
      for (const warning of warnings) terminal.notice(`! ${warning}\n`)
      exit(EXIT.answered)
    })
  program
    .command('restore')
    .description('bring back what `backup` saved; what is there now is kept beside it')
    .argument('<folder>')
    .action(async (folder: string, flags: Flags) => {
      const before = await host.restore(resolve(folder), flags)
      terminal.write(`Restored from ${folder}. What was there before lies in ${before}.\n`)
      exit(EXIT.answered)
    })
  program
    .command('forget')
    .description('really delete the questions and answers of a person')
    .argument('[person]', 'id of the person (default: the one at this terminal)')
    .action(async (person: string | undefined) => {
      const shelf = await host.openShelf({})
      try {
        const count = shelf.forget(person ?? shelf.asker.id)
        terminal.write(`${count} ${count === 1 ? 'question' : 'questions'} deleted.\n`)
        exit(EXIT.answered)
      } finally {
        await shelf.close()
      }
    })
}

function announce(url: string, open: boolean, terminal: Terminal): void {
  terminal.write(`Rowbot is ready: ${url}\n`)
  if (!open) return
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  const browser = spawn(opener, [url], { stdio: 'ignore', detached: true })
  browser.on('error', () => terminal.notice(`No browser could be opened; go to ${url}\n`))
  browser.unref()
}

function settingText({ key, variable, accepts, help, ...setting }: SettingDescription): string {
  const standard = setting.default === '' ? 'not set' : `default ${setting.default}`
  const place = setting.environmentOnly ? '' : `, or ${key} in settings.json`
  return `${variable}${place}: ${standard}\n  ${help}\n  Accepts ${accepts}.\n`
}

/** A finding as a line or two. */
export function findingText({ ok, what, found, advice }: Finding): string {
  return `${ok ? '✓' : '✗'} ${what}: ${found}\n${ok || !advice ? '' : `  → ${advice}\n`}`
}
