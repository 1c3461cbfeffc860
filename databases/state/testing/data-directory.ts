import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { openState, type State } from '../open-state.ts'
import { type Backup, writeBackup } from '../write-backup.ts'

/** Saves a question whose text is its id. */
export const ask = (state: State, id: string) =>
  state.questions.accept({ id, workspaceId: 'local', askerId: 'ann', databaseId: null, text: id })

/** A folder for the tests of a file, emptied after each, with places in it for a data directory and a backup. */
export function foldersOfFile(): { dir: string; home: string; backup: string } {
  const dir = mkdtempSync(join(tmpdir(), 'rowbot-backup-'))
  afterEach(() => {
    rmSync(dir, { recursive: true })
    mkdirSync(dir)
  })
  afterAll(() => rmSync(dir, { recursive: true }))
  return { dir, home: join(dir, 'home'), backup: join(dir, 'backup') }
}

/** A data directory with a question, settings and an uploaded database, whose contents all are `word`. */
export function fillHome(word: string, folder: string): void {
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
export function readHome(folder: string) {
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

/** What `readHome` finds where everything fits together. */
export const whole = (word: string) => ({ questions: [word], upload: word, inPlace: true, settings: word })

/** A backup of that data directory, made on 21 November 2026. */
export async function backUpHome(folder: string, to: string): Promise<Backup> {
  const state = openState({ path: join(folder, 'state.sqlite') })
  try {
    return await writeBackup({ state, dataDir: folder, to, now: new Date('2026-11-21T10:00:00Z') })
  } finally {
    state.close()
  }
}
