#!/usr/bin/env node
// Runs the TypeScript sources as they are: there is no build step.
import { register } from 'tsx/esm/api'

register()
const { runRowbot } = await import('./rowbot.ts')

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => stop.abort(new Error(`stopped by ${name}`)))

const terminal = {
  input: process.stdin,
  write: (text) => void process.stdout.write(text),
  notice: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
  width: process.stdout.columns ?? 100,
}
process.exitCode = await runRowbot(process.argv.slice(2), { terminal, signal: stop.signal })
