import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONTENTS_FILE } from './backup-contents.ts'
import { BEFORE_FILE, READY_FOLDER } from './finish-restore.ts'
import { lockDataDirectory } from './lock-data-directory.ts'
import { openState, type State } from './open-state.ts'
import { restoreBackup, stageRestore } from './restore-backup.ts'
import { startElsewhere } from './testing/other-process.ts'
import { writeBackup } from './write-backup.ts'

let dir: string
let home: string
let backup: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rowbot-backup-'))
  home = join(dir, 'home')
  backup = join(dir, 'backup')
})

afterEach(() => rmSync(dir, { recursive: true }))

const ask = (state: State, id: string) =>
  state.questions.accept({ id, workspaceId: 'local', askerId: 'ann', databaseId: null, text: id })

/** A data directory with a question, settings and an uploaded database, whose contents all are `word`. */
function fillHome(word: string, folder = home): void {
  mkdirSync(join(folder, 'uploads'), { recursive: true })
  const upload = join(folder, 'uploads', 'one.sqlite')
  writeFileSync(upload, word)
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ word }))
  const state = openState({ path: join(folder, 'state.sqlite') })
  ask(state, word)
  if (!state.databases.find('one', 'local')) {
    state.databases.insert({
      id: 'one',
      workspaceId: 'local',
      name: 'One',
      description: '',
      source: 'upload',
      path: upload,
      contentHash: createHash('sha256').update(word).digest('hex'),
      ownerId: null,
      sensitive: [],
      addedAt: '',
      dataAsOf: '',
    })
  }
  state.close()
}

/** What all of it says, and that it fits together. */
function read(folder = home) {
  const state = openState({ path: join(folder, 'state.sqlite') })
  const questions = state.questions.list({}).map(({ id }) => id)
  const [upload] = state.databases.list().map(({ path }) => path)
  state.close()
  return {
    questions,
    upload: upload && readFileSync(upload, 'utf8'),
    inPlace: upload?.startsWith(folder) ?? true,
    settings: JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')).word,
  }
}

const all = (word: string) => ({ questions: [word], upload: word, inPlace: true, settings: word })

async function writeBackupOf(folder = home): Promise<Awaited<ReturnType<typeof writeBackup>>> {
  const state = openState({ path: join(folder, 'state.sqlite') })
  try {
    return await writeBackup({ state, dataDir: folder, to: backup, now: new Date('2026-11-21T10:00:00Z') })
  } finally {
    state.close()
  }
}

describe('a backup', () => {
  it('holds state, settings and uploads, for its owner only', async () => {
    fillHome('old')
    expect(await writeBackupOf()).toEqual({ path: backup, files: 3, bytes: expect.any(Number), warnings: [] })
    expect(readdirSync(backup).sort()).toEqual(['backup.json', 'settings.json', 'state.sqlite', 'uploads'])
    expect(statSync(backup).mode & 0o777).toBe(0o700)
    for (const file of ['backup.json', 'settings.json', 'state.sqlite', 'uploads/one.sqlite'])
      expect(statSync(join(backup, file)).mode & 0o777).toBe(0o600)
  })

  it('is made while questions come in, and is sound', async () => {
    fillHome('old')
    const state = openState({ path: join(home, 'state.sqlite') })
    let count = 0
    const writing = setInterval(() => ask(state, `q${count++}`), 1)
    const other = openState({ path: join(home, 'state.sqlite') })
    await writeBackup({ state, dataDir: home, to: backup })
    clearInterval(writing)
    other.close()
    state.close()
    await restoreBackup({ from: backup, dataDir: join(dir, 'elsewhere') })
    expect(read(join(dir, 'elsewhere'))).toMatchObject({ upload: 'old', settings: 'old', inPlace: true })
  })

  it('says what is not in it', async () => {
    fillHome('old')
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

  it('never replaces another one, and leaves nothing half-made', async () => {
    fillHome('old')
    await writeBackupOf()
    await expect(writeBackupOf()).rejects.toMatchObject({ code: 'backup-exists' })
    writeFileSync(join(dir, 'file'), '')
    backup = join(dir, 'file', 'backup')
    await expect(writeBackupOf()).rejects.toMatchObject({ code: 'ENOTDIR' })
    expect(readdirSync(dir).sort()).toEqual(['backup', 'file', 'home'])
  })
})

describe('a restore', () => {
  beforeEach(async () => {
    fillHome('old')
    await writeBackupOf()
  })

  it('brings everything back and keeps what was there', async () => {
    rmSync(home, { recursive: true })
    fillHome('new')
    const restored = await restoreBackup({ from: backup, dataDir: home, now: new Date('2026-11-22T08:30:00Z') })
    expect(restored).toMatchObject({ madeAt: '2026-11-21T10:00:00.000Z', databases: 1 })
    expect(restored.before).toContain('before-restore-20261122083000')
    expect(read()).toEqual(all('old'))
    expect(readFileSync(join(restored.before, 'uploads', 'one.sqlite'), 'utf8')).toBe('new')
    const before = openState({ path: join(restored.before, 'state.sqlite') })
    expect(before.questions.list({}).map(({ id }) => id)).toEqual(['new'])
    before.close()
  })

  it('works on another machine: into a folder that does not exist, in another place', async () => {
    const elsewhere = join(dir, 'other', 'place')
    renameSync(home, join(dir, 'old-home'))
    await restoreBackup({ from: backup, dataDir: elsewhere })
    expect(read(elsewhere)).toEqual(all('old'))
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
    expect(read()).toEqual(all('old'))
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

  function brokenPages(): Buffer {
    const bytes = readFileSync(join(backup, 'state.sqlite'))
    for (let page = 3; page * 4096 < bytes.length; page++) bytes.fill(0xee, page * 4096, page * 4096 + 64)
    return bytes
  }
})

describe('a restore that is interrupted', () => {
  beforeEach(async () => {
    fillHome('old')
    await writeBackupOf()
    rmSync(home, { recursive: true })
    fillHome('new')
  })

  it('before it was decided has changed nothing', () => {
    mkdirSync(join(home, 'restore.partial'))
    writeFileSync(join(home, 'restore.partial', 'state.sqlite'), 'half')
    lockDataDirectory(home).release()
    expect(read()).toEqual(all('new'))
  })

  // The moves that finishing consists of, in its order; after any number of them the process may die.
  const moves = (before: string) => [
    ...['settings.json', 'state.sqlite', 'uploads'].flatMap((entry) => [
      () => renameSync(join(home, entry), join(before, entry)),
      () => renameSync(join(home, READY_FOLDER, entry), join(home, entry)),
    ]),
  ]

  it.each([0, 1, 2, 3, 4, 5, 6])('after it was decided is finished at the next start: %i moves done', async (done) => {
    await stageRestore({ from: backup, dataDir: home, now: new Date('2026-11-22T08:30:00Z') })
    const { before: name } = JSON.parse(readFileSync(join(home, READY_FOLDER, BEFORE_FILE), 'utf8'))
    const before = join(home, name)
    mkdirSync(before)
    for (const move of moves(before).slice(0, done)) move()
    expect(() => openState({ path: join(home, 'state.sqlite') })).toThrow(
      expect.objectContaining({ code: 'restore-unfinished' }),
    )
    lockDataDirectory(home).release()
    expect(read()).toEqual(all('old'))
    expect(read(before)).toMatchObject({ questions: ['new'], settings: 'new' })
    expect(existsSync(join(home, READY_FOLDER))).toBe(false)
  })

  it('by SIGKILL at any moment leaves all of the old or all of the new', async () => {
    for (const afterMs of [0, 10, 20, 40, 80]) {
      const folder = join(dir, `killed-${afterMs}`)
      cpSync(home, folder, { recursive: true })
      rewriteUploadPath(folder)
      const { child } = await startElsewhere(
        `say('ready'); await restoreBackup({ from: ${JSON.stringify(backup)}, dataDir: ${JSON.stringify(folder)} }); setInterval(() => {}, 1000)`,
      )
      await new Promise((wait) => setTimeout(wait, afterMs))
      child.kill('SIGKILL')
      await once(child, 'exit')
      lockDataDirectory(folder).release()
      expect([all('old'), all('new')]).toContainEqual(read(folder))
    }
  })

  function rewriteUploadPath(folder: string): void {
    const state = openState({ path: join(folder, 'state.sqlite') })
    state.databases.update('one', { path: join(folder, 'uploads', 'one.sqlite') })
    state.close()
  }
})
