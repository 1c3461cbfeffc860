import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { type AccessStore, createAccessStore } from './access-store.ts'
import { type AuditStore, createAuditStore } from './audit-store.ts'
import { type ChatPeopleStore, createChatPeopleStore } from './chat-people-store.ts'
import { createDatabaseStore, type DatabaseStore } from './database-store.ts'
import { createErase, scrubIfDue } from './erase.ts'
import { createEvaluationStore, type EvaluationStore } from './evaluation-store.ts'
import { refuseUnfinishedRestore } from './finish-restore.ts'
import { createForgetting, type Forgetting } from './forgetting.ts'
import { createGlossaryStore, type GlossaryStore } from './glossary-store.ts'
import { IMMEDIATE } from './immediate.ts'
import { createInstallationStore, type InstallationStore } from './installation-store.ts'
import { createJobStore, type JobStore } from './job-store.ts'
import { migrate } from './migrate.ts'
import { createNightStore, type NightStore } from './night-store.ts'
import { createOwnCaseStore, type OwnCaseStore } from './own-case-store.ts'
import { createPeople, type Person, type Workspace } from './people.ts'
import { placeInHome } from './place-in-home.ts'
import { createQuestionStore, type QuestionStore } from './question-store.ts'
import { createReviewStore, type ReviewStore } from './review-store.ts'
import { createSavedStore, type SavedStore } from './saved-store.ts'
import { guardState, stateError } from './state-error.ts'
import { createVerifiedStore, type VerifiedStore } from './verified-store.ts'

/** What Rowbot remembers: one SQLite file, which several processes of one machine may have open at once. */
export type State = Forgetting & {
  databases: DatabaseStore
  questions: QuestionStore
  evaluation: EvaluationStore
  ownCases: OwnCaseStore
  nights: NightStore
  jobs: JobStore
  access: AccessStore
  chatPeople: ChatPeopleStore
  audit: AuditStore
  glossary: GlossaryStore
  verified: VerifiedStore
  saved: SavedStore
  reviews: ReviewStore
  installations: InstallationStore
  people: { ensure(person: { id: string; workspaceId: string; name?: string }): Person }
  workspaces: { ensure(workspace: { id: string; name?: string }): Workspace; list(): Workspace[] }
  /** Writes a sound copy of the state as it is now to a file that does not exist yet, while work goes on. */
  backup(toFile: string): Promise<void>
  close(): void
}

export type StateOptions = {
  /** Made, with its folder, where there is none; readable by its owner only. */
  path: string
  /** How many rows of each answer are kept. Default 20. */
  keptRows?: number
  /** Keys under which tokens of chat workspaces are kept; the first one encrypts. Default: none. */
  secretKeys?: string[]
  /** Default: the clock. */
  now?: () => Date
  /** The data directory in which the uploads lie. Default: the folder of the file. */
  home?: string
  /** Default: this program's own. */
  migrationsFolder?: string
}

/**
 * Opens the state and brings it up to this program's version. Throws a DatabaseError that says what to do: `state-too-new`,
 * `not-a-state`, `restore-unfinished`, `state-damaged`, `state-read-only`, `state-not-accessible`, `state-disk-full`, `state-busy`.
 */
export function openState(options: StateOptions): State {
  const { path, keptRows = 20, secretKeys = [], now = () => new Date(), migrationsFolder } = options
  const guard = guardState(path)
  const sqlite = guard(() => openFile(path, migrationsFolder))
  const db = drizzle(sqlite)
  const place = placeInHome(options.home ?? dirname(path))
  const people = createPeople({ db, now })
  const erase = createErase({ sqlite, db })
  guard(() => scrubIfDue({ sqlite, db }))
  const questions = createQuestionStore({ db, guard, people, keep: { rows: keptRows, bytes: KEPT_BYTES }, now })
  return {
    databases: createDatabaseStore({ db, guard, people, erase, place }),
    evaluation: createEvaluationStore({ db, guard, now }),
    ownCases: createOwnCaseStore({ db, guard, now }),
    nights: createNightStore({ db, guard, now }),
    questions,
    jobs: createJobStore({ db, guard, questionStore: questions, now }),
    access: createAccessStore({ db, guard, now }),
    chatPeople: createChatPeopleStore({ db, guard, people }),
    audit: createAuditStore({ db, guard, now }),
    glossary: createGlossaryStore({ db, guard, now }),
    verified: createVerifiedStore({ db, guard, now }),
    saved: createSavedStore({ db, guard, now }),
    reviews: createReviewStore({ db, guard, now }),
    installations: createInstallationStore({ db, guard, erase, secretKeys, now }),
    people: { ensure: (person) => guard(() => db.transaction(() => people.ensurePerson(person), IMMEDIATE)) },
    workspaces: {
      ensure: (workspace) => guard(() => db.transaction(() => people.ensureWorkspace(workspace), IMMEDIATE)),
      list: () => guard(() => people.workspaces()),
    },
    ...createForgetting({ guard, erase }),
    backup: async (toFile) => {
      try {
        closeSync(openSync(toFile, 'wx', 0o600))
        await sqlite.backup(toFile)
      } catch (error) {
        throw stateError(error, toFile)
      }
    },
    close: () => guard(() => sqlite.close()),
  }
}

/** However many rows are kept, those of one answer take no more than this. */
const KEPT_BYTES = 256 * 1024

const BUSY_TIMEOUT_MS = 5_000

function openFile(path: string, migrationsFolder: string | undefined): Database.Database {
  refuseUnfinishedRestore(dirname(path))
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Made before SQLite does, whose files others could read; its log and index files take over the mode.
  if (existsSync(path)) chmodSync(path, 0o600)
  else closeSync(openSync(path, 'a', 0o600))
  const sqlite = new Database(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    sqlite.pragma('journal_mode = WAL')
    // What is committed survives the death of the process. A power cut may take the last moments with it, never more: waiting for the disk
    // at every commit would hold up everybody else, 6 ms a question where it was measured.
    sqlite.pragma('synchronous = NORMAL')
    sqlite.pragma('foreign_keys = ON')
    sqlite.pragma('secure_delete = ON')
    migrate(sqlite, { path, folder: migrationsFolder })
    return sqlite
  } catch (error) {
    sqlite.close()
    throw error
  }
}
