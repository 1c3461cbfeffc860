import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import type { Finding } from '../finding.ts'
import { type CommandLine, EXIT, type Flags } from './host.ts'
import { findingText } from './maintenance-commands.ts'

/** `install` and `smoke`, for each chat platform. */
export function addChatSetupCommands(program: Command, { host, terminal, signal, exit }: CommandLine): void {
  const platform = () => new Argument('<platform>', 'chat platform').choices(Object.keys(host.chats))
  program
    .command('install')
    .description('set up Slack or Discord: what to do there, and whether tokens and permissions are right')
    .addArgument(platform())
    .option('--out <file>', 'where the file goes that the platform needs, such as Slack’s app manifest')
    .action(async (name: string, flags: Flags & { out?: string }) => {
      const { steps, file, findings } = await setupOf(name).install(flags, signal)
      if (file) {
        const path = resolve(flags.out ?? file.name)
        writeFileSync(path, file.content)
        terminal.write(`Written: ${path}\n\n`)
      }
      terminal.write(steps.map((step, at) => `${at + 1}. ${step}\n`).join(''))
      if (findings.length > 0) terminal.write('\n')
      tell(findings)
    })
  program
    .command('smoke')
    .description('send one of each kind of message to a channel of a real workspace or server')
    .addArgument(platform())
    .requiredOption('--channel <id>', 'channel to send to; the bot must be in it')
    .action(async (name: string, flags: Flags & { channel: string }) => {
      const findings: Finding[] = []
      const said = (finding: Finding) => {
        findings.push(finding)
        terminal.write(findingText(finding))
      }
      await setupOf(name).smoke(flags, said, signal)
      exit(findings.every(({ ok }) => ok) ? EXIT.answered : EXIT.error)
    })

  function setupOf(name: string) {
    const setup = host.chats[name]
    if (!setup) throw new Error(`no such platform: ${name}`)
    return setup
  }

  function tell(findings: Finding[]): void {
    terminal.write(findings.map(findingText).join(''))
    exit(findings.every(({ ok }) => ok) ? EXIT.answered : EXIT.error)
  }
}
