import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const STATE = new URL('../open-state.ts', import.meta.url).href
const RESTORE = new URL('../restore-backup.ts', import.meta.url).href
const LOCK = new URL('../lock-data-directory.ts', import.meta.url).href

/** The lines of a program that may call openState, lockDataDirectory and restoreBackup, and `say` one value, as JSON. */
function programOf(body: string): string[] {
  const source = `
    import { openState } from ${JSON.stringify(STATE)}
    import { lockDataDirectory } from ${JSON.stringify(LOCK)}
    import { restoreBackup } from ${JSON.stringify(RESTORE)}
    const say = (value) => process.stdout.write(JSON.stringify(value))
    const attempt = (work) => { try { return work() ?? null } catch (error) { return { code: error.code, message: error.message, advice: error.advice } } }
    ${body}`
  return [process.execPath, '--import', 'tsx', '--input-type=module', '-e', source]
}

/** Starts a process and waits for what it says first; it goes on running. `within` is a command that starts it in another way. */
export async function startElsewhere(
  body: string,
  within: string[] = [],
): Promise<{ child: ChildProcess; said: unknown }> {
  const [command = '', ...args] = [...within, ...programOf(body)]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('a process without stdout')
  const [said] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code, signal]) =>
      Promise.reject(new Error(`it ended with ${code ?? signal} and said nothing`)),
    ),
  ])
  return { child, said: JSON.parse(String(said)) }
}

/** Runs a program in another process to its end, and gives what it said. */
export async function runElsewhere(body: string, within: string[] = []): Promise<unknown> {
  const { child, said } = await startElsewhere(body, within)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return said
}
