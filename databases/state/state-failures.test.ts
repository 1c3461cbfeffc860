import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseError } from '../database-error.ts'
import { openState } from './open-state.ts'
import { runElsewhere } from './testing/other-process.ts'

let dir: string
let path: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rowbot-failing-'))
  chmodSync(dir, 0o755)
  path = join(dir, 'state.sqlite')
})

afterEach(() => {
  chmodSync(dir, 0o755)
  rmSync(dir, { recursive: true })
})

const open = 'openState({ path: PATH })'
const program = (body: string) => body.replaceAll('PATH', () => JSON.stringify(path))

/** Root may write everywhere, so what root must not write is tried as nobody. */
const asNobody = process.getuid?.() === 0 ? 'process.setgid(65534); process.setuid(65534);' : ''

function fill(count: number): void {
  const state = openState({ path })
  for (let number = 0; number < count; number++)
    state.questions.accept({
      id: `q${number}`,
      workspaceId: 'local',
      askerId: 'ann',
      databaseId: null,
      text: 'how many? '.repeat(50),
    })
  state.close()
}

describe('a state that cannot be written', () => {
  it('says so when the folder is read-only', async () => {
    chmodSync(dir, 0o555)
    const said = await runElsewhere(program(`${asNobody} say(attempt(() => ${open}))`))
    expect(said).toMatchObject({
      code: 'state-not-accessible',
      message: expect.stringContaining(path),
      advice: expect.stringContaining('ROWBOT_HOME'),
    })
  })

  it('says so when the file belongs to somebody else', async () => {
    fill(1)
    chmodSync(path, 0o444)
    chmodSync(dir, 0o555)
    const said = await runElsewhere(program(`${asNobody} say(attempt(() => ${open}))`))
    expect(said).toMatchObject({ code: process.getuid?.() === 0 ? 'state-not-accessible' : 'state-read-only' })
  })

  it('says so when the path is a folder, or leads through a file', () => {
    mkdirSync(path)
    expect(() => openState({ path })).toThrow(expect.objectContaining({ code: 'state-not-accessible' }))
    writeFileSync(join(dir, 'file'), '')
    expect(() => openState({ path: join(dir, 'file', 'state.sqlite') })).toThrow(
      expect.objectContaining({ code: 'state-not-accessible' }),
    )
  })
})

describe('a damaged state', () => {
  const damaged = expect.objectContaining({
    code: 'state-damaged',
    message: expect.stringContaining('damaged'),
    advice: expect.stringContaining('rowbot restore'),
  })

  it('is refused when it is no database at all', () => {
    writeFileSync(path, 'this is not a database '.repeat(100))
    expect(() => openState({ path })).toThrow(damaged)
    expect(readFileSync(path, 'utf8')).toContain('this is not a database')
  })

  it('is refused when it was cut off', () => {
    fill(50)
    truncateSync(path, 6_000)
    expect(() => openState({ path })).toThrow(damaged)
  })

  it('is told of as soon as the damage is met', () => {
    fill(50)
    const bytes = readFileSync(path)
    for (let page = 12; page * 4096 < bytes.length; page++) bytes.fill(0xff, page * 4096, page * 4096 + 512)
    writeFileSync(path, bytes)
    const work = () => {
      const state = openState({ path })
      try {
        return state.questions.list({ limit: 100 })
      } finally {
        state.close()
      }
    }
    expect(work).toThrow(damaged)
  })
})

describe('a full disk', () => {
  const mountsItself = ['unshare', '--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
  const canMount =
    spawnSync(mountsItself[0] ?? '', [
      ...mountsItself.slice(1),
      'mount',
      '-t',
      'tmpfs',
      '-o',
      'size=300k',
      'none',
      tmpdir(),
    ]).status === 0

  /** A disk of this size at `dir`, seen by one process only. */
  const disk = (size: string) => [
    ...mountsItself,
    'sh',
    '-c',
    `mount -t tmpfs -o size=${size} none '${dir}' && exec "$@"`,
    'sh',
  ]

  const untilFull = () =>
    program(`const state = ${open}
    let accepted = 0
    const failed = attempt(() => { for (;;) accepted += Number(state.questions.accept({ id: 'q' + accepted, workspaceId: 'local', askerId: 'ann', databaseId: null, text: 'x'.repeat(4000) })) })
    const kept = state.questions.list({ limit: 1000 }).length
    state.close()
    const again = ${open}
    say({ failed, lost: accepted - kept, stillThere: again.questions.list({ limit: 1000 }).length === kept, kept: kept > 0 })`)

  it.skipIf(!canMount)('is told of, and nothing that was accepted is lost', async () => {
    const said = await runElsewhere(untilFull(), disk('600k'))
    expect(said).toEqual({
      failed: {
        code: 'state-disk-full',
        message: expect.stringContaining('The disk is full'),
        advice: expect.stringContaining('Free some space'),
      },
      lost: 0,
      stillThere: true,
      kept: true,
    })
  })

  it.skipIf(!canMount)('is told of when there is not even room to begin', async () => {
    const said = await runElsewhere(program(`say(attempt(() => ${open}))`), disk('20k'))
    expect(said).toMatchObject({ code: 'state-disk-full' })
  })

  it('is told of when a limit on the size of files is reached', async () => {
    const limited = ['sh', '-c', 'ulimit -f 1000 && exec "$@"', 'sh']
    expect(await runElsewhere(untilFull(), limited)).toMatchObject({
      failed: { code: expect.stringMatching(/^state-(disk-full|unreadable)$/), advice: expect.any(String) },
      lost: 0,
      stillThere: true,
    })
  })
})

it('waits for another writer, and says so when that one does not end', async () => {
  fill(1)
  const database = new URL(import.meta.resolve('better-sqlite3')).href
  const said = await runElsewhere(
    program(`const { default: Database } = await import(${JSON.stringify(database)})
    const state = ${open}
    new Database(PATH).exec('BEGIN IMMEDIATE')
    const start = performance.now()
    const failed = attempt(() => state.people.ensure({ id: 'bob', workspaceId: 'local' }))
    say({ failed, waited: performance.now() - start > 1000 })
    process.exit()`),
  )
  expect(said).toMatchObject({
    failed: { code: 'state-busy', advice: expect.stringContaining('Try again') },
    waited: true,
  })
})

it('gives errors of one class only', () => {
  writeFileSync(path, 'x'.repeat(5_000))
  expect(() => openState({ path })).toThrow(DatabaseError)
})
