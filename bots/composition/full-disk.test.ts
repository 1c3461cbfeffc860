import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeTinySpider } from '#eval/testing/write-tiny-spider.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

const OWN_MOUNTS = ['unshare', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
const [program = '', ...given] = OWN_MOUNTS
const canMount =
  spawnSync(program, [...given, 'mount', '-t', 'tmpfs', '-o', 'size=300k', 'none', tmpdir()]).status === 0

/** So long that a few results fill a small disk. */
const FILLER = 'x'.repeat(60_000)

let line: TestCommandLine
let spider: string

beforeEach(async () => {
  line = await openCommandLine(() => `SELECT count(*) FROM student WHERE '${FILLER}' <> ''`)
  spider = writeTinySpider(join(line.home, '..', 'spider'))
})
afterEach(() => line.close())

const run = (...args: string[]) => line.run(['eval', ...args])

/** Runs a command with its data directory on a disk of so many kilobytes, which is copied back at the end. */
async function onSmallDisk(kilobytes: number, args: string[]): Promise<{ code: number; err: string }> {
  const kept = join(line.home, '..', 'kept')
  const script = `cp -r "$HOME_DIR" "$KEPT" && mount -t tmpfs -o size=${kilobytes}k none "$HOME_DIR" && cp -r "$KEPT/." "$HOME_DIR" &&
    { "$@"; code=$?; rm -r "$KEPT"; cp -r "$HOME_DIR" "$KEPT"; exit $code; }`
  const rowbot = join(import.meta.dirname, '..', 'rowbot.cjs')
  const env = {
    PATH: `${dirname(process.execPath)}:/usr/sbin:/usr/bin:/sbin:/bin`,
    ...line.env,
    HOME_DIR: line.home,
    KEPT: kept,
  }
  const child = spawn(program, [...given, 'sh', '-c', script, 'sh', process.execPath, rowbot, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (piece) => {
    err += piece
  })
  const [code] = await once(child, 'exit')
  rmSync(line.home, { recursive: true })
  cpSync(kept, line.home, { recursive: true })
  return { code, err }
}

describe.skipIf(!canMount)('a disk that fills up in the middle of a run', () => {
  test('ends it with what to do, keeps what was done, and it goes on where there is room', async () => {
    await run('runs')
    const size = Number(spawnSync('du', ['-sk', line.home]).stdout.toString().split('\t')[0])
    const { code, err } = await onSmallDisk(size + 350, [
      'eval',
      'spider',
      '--spider',
      spider,
      '--without',
      'vote,repair',
    ])
    expect(err).toMatch(/The disk is full.*\n.*Free some space/)
    expect(code).toBe(1)
    const done = Number(
      /running, (\d) of 6|failed, (\d) of 6/
        .exec((await run('runs')).out)
        ?.slice(1)
        .find(Boolean),
    )
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(6)

    const before = line.model.asked.length
    const { out } = await run('resume', 'last', '--spider', spider)
    expect(line.model.asked.length - before).toBe(6 - done)
    expect(out).toContain('"n":6')
  }, 120_000)
})
