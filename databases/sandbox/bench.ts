import { availableParallelism, cpus, totalmem } from 'node:os'
import Database from 'better-sqlite3'
import { introspect } from '../schema/introspect.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import { makeHostileDatabase, sensitive, stateOf } from './testing/hostile/hostile-database.ts'
import { hostileStatements } from './testing/hostile/hostile-statements.ts'
import { type HostileResult, runHostile } from './testing/hostile/run-hostile.ts'
import { makeFolder } from './testing/make-database.ts'

// npm run bench:sandbox: what the process border costs, and what a thousand hostile statements do.
const rounds = 5000
const processes = 2
const deadlineMs = 500
const folder = makeFolder()
const targets = makeHostileDatabase(folder.path)
const sandbox = createSandbox({ processes })
try {
  describeMachine()
  await benchRoundTrip(sandbox, targets.path)
  await benchHostile()
} finally {
  await sandbox.close()
  folder.remove()
}

function describeMachine(): void {
  const [cpu] = cpus()
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`
  console.log(`${cpu?.model.trim()}, ${availableParallelism()} cores, ${memory}, Node ${process.versions.node}\n`)
}

/** SELECT 1 in a sandbox process and in this one, in turn, so that both see the same machine. */
async function benchRoundTrip(pool: Sandbox, path: string): Promise<void> {
  const inProcess = new Database(path, { readonly: true })
  const remote: number[] = []
  const local: number[] = []
  for (let n = 0; n < rounds + 200; n++) {
    const started = performance.now()
    inProcess.prepare('SELECT 1').raw().all()
    const between = performance.now()
    await pool.run({ path, sql: 'SELECT 1' })
    const ended = performance.now()
    if (n < 200) continue
    local.push(between - started)
    remote.push(ended - between)
  }
  inProcess.close()
  console.log(`SELECT 1, ${rounds} times        p50 ms   p95 ms`)
  console.log(`in this process            ${row(local)}`)
  console.log(`in a sandbox process       ${row(remote)}`)
  console.log(`the border costs           ${cell(at(remote, 0.5) - at(local, 0.5))} (at most 0.3 wanted)\n`)
}

function row(times: number[]): string {
  return `${cell(at(times, 0.5))}   ${cell(at(times, 0.95))}`
}

function cell(ms: number): string {
  return ms.toFixed(3).padStart(6)
}

function at(times: number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}

async function benchHostile(): Promise<void> {
  const { path } = targets
  const before = stateOf(folder.path).join()
  const schema = introspect({ path, sensitive, budgetMs: 5000, rowsOf: 'tables' })
  const statements = hostileStatements(1000, 2026, targets)
  const started = performance.now()
  const results = await runHostile(statements, { sandbox, path, schema, deadlineMs, lanes: processes })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  printClasses(results)
  const healthy = await sandbox.run({ path, sql: 'SELECT 1' })
  console.log(`\n${results.length} hostile statements in ${seconds} s, deadline ${deadlineMs} ms`)
  console.log(`files: ${stateOf(folder.path).join() === before ? 'unchanged' : 'CHANGED'}`)
  console.log(`SELECT 1 afterwards: ${healthy.kind}; processes alive: ${sandbox.pids().length} of ${processes}`)
}

function printClasses(results: HostileResult[]): void {
  console.log(`${'class'.padEnd(42)} count  gate  refused  killed  no memory  answered  longest ms`)
  for (const name of new Set(results.map((result) => result.class))) {
    const some = results.filter((result) => result.class === name)
    const count = (test: (result: HostileResult) => boolean) => String(some.filter(test).length)
    console.log(
      [
        name.padEnd(42),
        String(some.length).padStart(5),
        count(({ stoppedBy }) => stoppedBy === 'gate').padStart(5),
        count(({ stoppedBy, outcome }) => stoppedBy === 'process' && /^re/.test(outcome.kind)).padStart(8),
        count(({ outcome }) => outcome.kind === 'timed-out').padStart(7),
        count(({ outcome }) => outcome.kind === 'crashed').padStart(10),
        count(({ outcome }) => outcome.kind === 'rows').padStart(9),
        Math.max(...some.map(({ ms }) => ms))
          .toFixed(0)
          .padStart(11),
      ].join(' '),
    )
  }
}
