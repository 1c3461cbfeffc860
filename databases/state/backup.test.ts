import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { CONTENTS_FILE } from './backup-contents.ts'
import { lockDataDirectory } from './lock-data-directory.ts'
import { openState } from './open-state.ts'
import { restoreBackup } from './restore-backup.ts'
import { ask, backUpHome, fillHome, foldersOfFile, readHome, whole } from './testing/data-directory.ts'
import { writeBackup } from './write-backup.ts'

const { dir, home, backup } = foldersOfFile()

describe('a backup', () => {
  it('holds state, settings and uploads, for its owner only', async () => {
    fillHome('old', home)
    expect(await backUpHome(home, backup)).toEqual({ path: backup, files: 3, bytes: expect.any(Number), warnings: [] })
    expect(readdirSync(backup).sort()).toEqual(['backup.json', 'settings.json', 'state.sqlite', 'uploads'])
    expect(statSync(backup).mode & 0o777).toBe(0o700)
    for (const file of ['backup.json', 'settings.json', 'state.sqlite', 'uploads/one.sqlite'])
      expect(statSync(join(backup, file)).mode & 0o777).toBe(0o600)
  })

  it('is made while questions come in, and is sound', async () => {
    fillHome('old', home)
    const state = openState({ path: join(home, 'state.sqlite') })
    let count = 0
    const writing = setInterval(() => ask(state, `q${count++}`), 1)
    const other = openState({ path: join(home, 'state.sqlite') })
    await writeBackup({ state, dataDir: home, to: backup })
    clearInterval(writing)
    other.close()
    state.close()
    await restoreBackup({ from: backup, dataDir: join(dir, 'elsewhere') })
    expect(readHome(join(dir, 'elsewhere'))).toMatchObject({ upload: 'old', settings: 'old', inPlace: true })
  })

  it('says what is not in it', async () => {
    fillHome('old', home)
    const state = openState({ path: join(home, 'state.sqlite') })
    const one = state.databases.list()[0]
    if (!one) throw new Error('no database')
    state.databases.insert({ ...one, id: 'two', name: 'In place', source: 'path', path: '/srv/two.sqlite' })
    state.databases.insert({ ...one, id: 'three', name: 'Gone', path: join(home, 'uploads', 'gone.sqlite') })
    const { warnings } = await writeBackup({ state, dataDir: home, to: backup })
    state.close()
    expect(warnings).toEqual([
      expect.stringMatching(/^"Gone" is not in the backup: .* is gone\.$/),
      '"In place" is not in the backup: it is read in place from /srv/two.sqlite.',
    ])
  })

  it('goes on without an upload that is removed meanwhile, and says so', async () => {
    fillHome('old', home)
    const state = openState({ path: join(home, 'state.sqlite') })
    const one = state.databases.list()[0]
    if (!one) throw new Error('no database')
    const last = join(home, 'uploads', 'z99.sqlite')
    for (let n = 10; n < 100; n++) {
      const path = join(home, 'uploads', `z${n}.sqlite`)
      writeFileSync(path, 'more')
      state.databases.insert({ ...one, id: `z${n}`, name: `z${n}`, path })
    }
    const writing = writeBackup({ state, dataDir: home, to: backup })
    while (!readdirSync(dir, { recursive: true }).some((file) => /partial.uploads.z/.test(String(file))))
      await nextTurn()
    rmSync(last)
    expect(await writing).toMatchObject({ warnings: ['"z99" is not in the backup: it was removed meanwhile.'] })
    state.close()
    await restoreBackup({ from: backup, dataDir: join(dir, 'elsewhere') })
  })

  it('says so where there is no room for it', async ({ skip }) => {
    fillHome('old', home)
    writeFileSync(join(home, 'uploads', 'one.sqlite'), Buffer.alloc(4e6))
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
    try {
      limit('2000000')
    } catch {
      return skip('needs prlimit, which Linux has')
    }
    try {
      await expect(backUpHome(home, backup)).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringContaining(backup),
      })
    } finally {
      limit('unlimited')
    }
    expect(readdirSync(dir)).toEqual(['home'])
  })

  it('names the file that cannot be copied, and leaves a defect as it is', async () => {
    fillHome('old', home)
    const state = openState({ path: join(home, 'state.sqlite') })
    await expect(writeBackup({ state, dataDir: home, to: backup, now: new Date(Number.NaN) })).rejects.toThrow(
      RangeError,
    )
    const upload = join(home, 'uploads', 'one.sqlite')
    rmSync(upload)
    mkdirSync(upload)
    await expect(writeBackup({ state, dataDir: home, to: backup })).rejects.toMatchObject({
      code: 'file-failed',
      message: expect.stringContaining(`${upload} cannot be used`),
    })
    state.close()
  })

  it('never replaces another one, and leaves nothing half-made', async () => {
    fillHome('old', home)
    await backUpHome(home, backup)
    await expect(backUpHome(home, backup)).rejects.toMatchObject({ code: 'backup-exists' })
    writeFileSync(join(dir, 'file'), '')
    const blocked = join(dir, 'file', 'backup')
    await expect(backUpHome(home, blocked)).rejects.toMatchObject({ code: 'file-missing' })
    expect(readdirSync(dir).sort()).toEqual(['backup', 'file', 'home'])
  })
})

describe('a restore', () => {
  beforeEach(async () => {
    fillHome('old', home)
    await backUpHome(home, backup)
  })

  it('brings everything back and keeps what was there', async () => {
    rmSync(home, { recursive: true })
    fillHome('new', home)
    const restored = await restoreBackup({ from: backup, dataDir: home, now: new Date('2026-11-22T08:30:00Z') })
    expect(restored).toMatchObject({ madeAt: '2026-11-21T10:00:00.000Z', databases: 1 })
    expect(restored.before).toContain('before-restore-20261122083000')
    expect(readHome(home)).toEqual(whole('old'))
    expect(readFileSync(join(restored.before, 'uploads', 'one.sqlite'), 'utf8')).toBe('new')
    const before = openState({ path: join(restored.before, 'state.sqlite') })
    expect(before.questions.list({}).map(({ id }) => id)).toEqual(['new'])
    before.close()
  })

  it('works on another machine: into a folder that does not exist, in another place', async () => {
    const elsewhere = join(dir, 'other', 'place')
    renameSync(home, join(dir, 'old-home'))
    await restoreBackup({ from: backup, dataDir: elsewhere })
    expect(readHome(elsewhere)).toEqual(whole('old'))
  })

  it('is refused while Rowbot runs on the data directory', async () => {
    const lock = lockDataDirectory(home)
    await expect(restoreBackup({ from: backup, dataDir: home })).rejects.toMatchObject({
      code: 'data-directory-in-use',
    })
    lock.release()
    expect(readdirSync(home).filter((name) => name.startsWith('restore'))).toEqual([])
  })

  const damages: [string, () => void, string][] = [
    ['is no backup', () => unlinkSync(join(backup, CONTENTS_FILE)), 'not-a-backup'],
    ['lacks a file', () => unlinkSync(join(backup, 'uploads', 'one.sqlite')), 'backup-damaged'],
    ['was changed', () => appendFileSync(join(backup, 'state.sqlite'), 'x'), 'backup-damaged'],
    [
      'has a state that is no database',
      () => replaceState(Buffer.from('no database '.repeat(1_000))),
      'backup-damaged',
    ],
    ['has a state with damaged pages', () => replaceState(brokenPages()), 'backup-damaged'],
    ['has a state of a newer program', () => replaceState(newerState()), 'state-too-new'],
    ['names files outside of itself', () => rename('uploads/one.sqlite', '../../evil'), 'not-a-backup'],
    ['names an absolute path', () => rename('uploads/one.sqlite', '/etc/evil'), 'not-a-backup'],
    ['is of a later format', () => writeContents({ ...readContents(), format: 2 }), 'not-a-backup'],
  ]

  it.each(damages)('of something that %s changes nothing', async (_what, damage, code) => {
    damage()
    await expect(restoreBackup({ from: backup, dataDir: home })).rejects.toMatchObject({
      code,
      advice: expect.stringContaining('Nothing was changed'),
    })
    expect(readHome(home)).toEqual(whole('old'))
    expect(readdirSync(home).filter((name) => /restore/.test(name))).toEqual([])
  })

  type Contents = { files: { path: string; bytes: number; sha256: string }[] }
  const readContents = (): Contents => JSON.parse(readFileSync(join(backup, CONTENTS_FILE), 'utf8'))
  const writeContents = (contents: object) => writeFileSync(join(backup, CONTENTS_FILE), JSON.stringify(contents))

  function rename(path: string, to: string): void {
    writeContents({
      ...readContents(),
      files: readContents().files.map((file) => (file.path === path ? { ...file, path: to } : file)),
    })
  }

  /** Another state with a fingerprint that fits. */
  function replaceState(bytes: Buffer): void {
    writeFileSync(join(backup, 'state.sqlite'), bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    writeContents({
      ...readContents(),
      files: readContents().files.map((file) =>
        file.path === 'state.sqlite' ? { ...file, bytes: bytes.length, sha256 } : file,
      ),
    })
  }

  function newerState(): Buffer {
    const path = join(dir, 'newer.sqlite')
    cpSync(join(backup, 'state.sqlite'), path)
    const sqlite = new Database(path)
    sqlite.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)")
    sqlite.close()
    return readFileSync(path)
  }

  function brokenPages(): Buffer {
    const bytes = readFileSync(join(backup, 'state.sqlite'))
    for (let page = 3; page * 4096 < bytes.length; page++) bytes.fill(0xee, page * 4096, page * 4096 + 64)
    return bytes
  }
})
