import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { BEFORE_FILE, READY_FOLDER } from './finish-restore.ts'
import { lockDataDirectory } from './lock-data-directory.ts'
import { openState } from './open-state.ts'
import { restoreBackup, stageRestore } from './restore-backup.ts'
import { backUpHome, fillHome, foldersOfFile, readHome, whole } from './testing/data-directory.ts'
import { startElsewhere } from './testing/other-process.ts'

const { dir, home, backup } = foldersOfFile()

describe('a restore that is interrupted', () => {
  beforeEach(async () => {
    fillHome('old', home)
    await backUpHome(home, backup)
    rmSync(home, { recursive: true })
    fillHome('new', home)
  })

  it('before it was decided has changed nothing', () => {
    mkdirSync(join(home, 'restore.partial'))
    writeFileSync(join(home, 'restore.partial', 'state.sqlite'), 'half')
    lockDataDirectory(home).release()
    expect(readHome(home)).toEqual(whole('new'))
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
    expect(readHome(home)).toEqual(whole('old'))
    expect(readHome(before)).toMatchObject({ questions: ['new'], settings: 'new' })
    expect(existsSync(join(home, READY_FOLDER))).toBe(false)
  })

  it('when only its empty folder was left is finished', async () => {
    await restoreBackup({ from: backup, dataDir: home })
    mkdirSync(join(home, READY_FOLDER))
    lockDataDirectory(home).release()
    expect(readHome(home)).toEqual(whole('old'))
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
      expect([whole('old'), whole('new')]).toContainEqual(readHome(folder))
    }
  })

  function rewriteUploadPath(folder: string): void {
    const state = openState({ path: join(folder, 'state.sqlite') })
    state.databases.update('one', { path: join(folder, 'uploads', 'one.sqlite') })
    state.close()
  }
})
