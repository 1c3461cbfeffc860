import { setTimeout as wait } from 'node:timers/promises'
import { createSandbox } from '../sandbox.ts'

// A program that is to be killed while its sandbox processes are busy: it prints their ids.
const [path = '', sql = ''] = process.argv.slice(2)
const sandbox = createSandbox({ processes: 2 })
await Promise.all([sandbox.run({ path, sql: 'SELECT 1' }), sandbox.run({ path, sql: 'SELECT 2' })])
void sandbox.run({ path, sql, deadlineMs: 600_000 })
void sandbox.run({ path, sql, deadlineMs: 600_000 })
await wait(100)
process.stdout.write(`${JSON.stringify(sandbox.pids())}\n`)
