import { and, asc, eq, or } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { DatabaseError } from '../database-error.ts'
import type { DatabaseRecord } from './database-record.ts'
import type { Erase } from './erase.ts'
import { removeQuestions } from './forgetting.ts'
import { IMMEDIATE } from './immediate.ts'
import type { People } from './people.ts'
import type { PlaceInHome } from './place-in-home.ts'
import type { StoreParts } from './store-parts.ts'
import { databases, questions } from './tables.ts'

/** Which databases may be asked. Names are unique in a workspace, whatever their case. */
export type DatabaseStore = {
  /** Adds a database. Throws a DatabaseError (`name-taken`) where the workspace has one of that name. */
  insert(record: DatabaseRecord): void
  /** Changes some fields. Throws a DatabaseError: `no-such-database`, `name-taken`. */
  update(id: string, changes: DatabaseChanges): void
  /** Removes a database with all questions it was asked, to the last byte (erase.ts). False where there was none. */
  remove(id: string): boolean
  /** By id, else by name. */
  find(idOrName: string, workspaceId: string): DatabaseRecord | undefined
  /** Ordered by name; all workspaces' where none is given. */
  list(workspaceId?: string): DatabaseRecord[]
}

export type DatabaseChanges = Partial<Omit<DatabaseRecord, 'id' | 'workspaceId'>>

type Parts = Pick<StoreParts, 'db' | 'guard'> & { people: People; erase: Erase; place: PlaceInHome }

export function createDatabaseStore({ db, guard, people, erase, place }: Parts): DatabaseStore {
  guard(() => keepRelative(db, place))
  const kept = <Changes extends DatabaseChanges>(changes: Changes): Changes =>
    changes.path === undefined ? changes : { ...changes, path: place.kept(changes.path) }
  const found = (record: DatabaseRecord): DatabaseRecord => ({ ...record, path: place.absolute(record.path) })
  return {
    insert: (record) =>
      guard(() =>
        db.transaction((tx) => {
          refuseTaken(tx, record.name, record.workspaceId, record.id)
          people.ensureBoth({ id: record.ownerId, workspaceId: record.workspaceId })
          tx.insert(databases).values(kept(record)).run()
        }, IMMEDIATE),
      ),
    update: (id, changes) =>
      guard(() => db.transaction((tx) => updateRecord(tx, people, id, kept(changes)), IMMEDIATE)),
    remove: (id) =>
      guard(() => {
        const removed = erase((tx) => {
          removeQuestions(tx, eq(questions.databaseId, id))
          return tx.delete(databases).where(eq(databases.id, id)).run().changes
        })
        return removed.result > 0
      }),
    find: (idOrName, workspaceId) =>
      guard(() => {
        const records = db
          .select()
          .from(databases)
          .where(
            and(eq(databases.workspaceId, workspaceId), or(eq(databases.id, idOrName), eq(databases.name, idOrName))),
          )
          .all()
          .map(found)
        return records.find((record) => record.id === idOrName) ?? records[0]
      }),
    list: (workspaceId) =>
      guard(() =>
        db
          .select()
          .from(databases)
          .where(workspaceId === undefined ? undefined : eq(databases.workspaceId, workspaceId))
          .orderBy(asc(databases.name), asc(databases.id))
          .all()
          .map(found),
      ),
  }
}

/** Earlier versions kept all paths absolute. */
function keepRelative(db: BetterSQLite3Database, place: PlaceInHome): void {
  const records = db.select({ id: databases.id, path: databases.path }).from(databases).all()
  for (const { id, path } of records.filter((record) => place.kept(record.path) !== record.path)) {
    db.update(databases)
      .set({ path: place.kept(path) })
      .where(and(eq(databases.id, id), eq(databases.path, path)))
      .run()
  }
}

type Writing = Pick<BetterSQLite3Database, 'select' | 'update'>

function updateRecord(tx: Writing, people: People, id: string, changes: DatabaseChanges): void {
  const record = tx.select().from(databases).where(eq(databases.id, id)).get()
  if (!record) throw noSuchDatabase(id)
  if (changes.name !== undefined) refuseTaken(tx, changes.name, record.workspaceId, id)
  if (changes.ownerId) people.ensureBoth({ id: changes.ownerId, workspaceId: record.workspaceId })
  if (Object.values(changes).every((change) => change === undefined)) return
  tx.update(databases).set(changes).where(eq(databases.id, id)).run()
}

function refuseTaken(db: Pick<BetterSQLite3Database, 'select'>, name: string, workspaceId: string, id: string): void {
  const taken = db
    .select({ id: databases.id })
    .from(databases)
    .where(and(eq(databases.workspaceId, workspaceId), eq(databases.name, name)))
    .get()
  if (!taken || taken.id === id) return
  throw new DatabaseError({
    code: 'name-taken',
    message: `There is already a database called "${name}".`,
    advice: 'Choose another name, or give that database new data with `rowbot databases replace`.',
  })
}

function noSuchDatabase(id: string): DatabaseError {
  return new DatabaseError({
    code: 'no-such-database',
    message: `There is no database "${id}" (any more).`,
    advice: '`rowbot databases list` shows those that there are.',
  })
}
