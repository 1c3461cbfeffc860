import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS_FOLDER } from './migrate.ts'
import { openState } from './open-state.ts'
import { EARLIER_STATES } from './testing/earlier-states.ts'
import { runElsewhere } from './testing/other-process.ts'

type Journal = { entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[] }

const readJournal = (folder: string): Journal => JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8'))
const tags = readJournal(MIGRATIONS_FOLDER).entries.map(({ tag }) => tag)

let dir: string
let path: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rowbot-migrate-'))
  path = join(dir, 'state.sqlite')
})

afterEach(() => rmSync(dir, { recursive: true }))

/** A copy of the program's migrations: only the first ones, or with another one after them. */
function migrationsFolder({ upTo, andThen }: { upTo?: string; andThen?: string }): string {
  const folder = join(dir, `migrations-${upTo ?? 'later'}`)
  cpSync(MIGRATIONS_FOLDER, folder, { recursive: true })
  const journal = readJournal(folder)
  if (upTo !== undefined) journal.entries = journal.entries.slice(0, tags.indexOf(upTo) + 1)
  if (andThen !== undefined) {
    const when = (journal.entries.at(-1)?.when ?? 0) + 1
    journal.entries.push({ idx: journal.entries.length, version: '6', when, tag: '9999_later', breakpoints: true })
    writeFileSync(join(folder, '9999_later.sql'), andThen)
  }
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(journal))
  return folder
}

/** A state as the program left it when this was its last migration. */
function earlierState(tag: string): void {
  openState({ path, migrationsFolder: migrationsFolder({ upTo: tag }) }).close()
  const sqlite = new Database(path)
  sqlite.exec(EARLIER_STATES[tag] ?? '')
  sqlite.close()
}

function schemaOf(file: string): unknown[] {
  const sqlite = new Database(file, { readonly: true })
  const schema = sqlite.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
  sqlite.close()
  return schema
}

it('knows an earlier state of every version', () => {
  expect(Object.keys(EARLIER_STATES)).toEqual(tags)
})

it('has a migration for everything that the tables say', () => {
  const out = migrationsFolder({})
  const count = () => readdirSync(out).length
  const before = count()
  const kit = fileURLToPath(new URL('../../node_modules/.bin/drizzle-kit', import.meta.url))
  const schema = fileURLToPath(new URL('./*tables.ts', import.meta.url))
  const generated = spawnSync(
    kit,
    ['generate', '--dialect', 'sqlite', '--schema', schema, '--out', relative(process.cwd(), out)],
    { encoding: 'utf8' },
  )
  expect(generated.stdout).toContain('No schema changes')
  expect(count()).toBe(before)
})

describe.each(tags)('a state of %s', (tag) => {
  it('is brought up to date with everything in it', () => {
    earlierState(tag)
    const state = openState({ path })
    expect(state.databases.find('shop', 'local')).toMatchObject({
      id: 'db-1',
      ownerId: 'ann',
      sensitive: [{ table: 'customers', column: 'email' }],
    })
    expect(state.questions.get('q1')).toMatchObject({
      text: 'how many?',
      answer: { result: { rows: [[9007199254740993n]] } },
      trace: {
        model: 'm',
        attempts: [
          {
            candidate: { sql: 'SELECT count(*) FROM t', logProb: -0.5 },
            outcome: { kind: 'rows', rowCount: 1 },
            notes: ['a note'],
          },
        ],
      },
      feedback: [{ personId: 'ann', verdict: 'up', comment: 'yes' }],
    })
    expect(
      state.questions.accept({ id: 'q2', workspaceId: 'local', askerId: 'bob', databaseId: 'db-1', text: 'and now?' }),
    ).toBe(true)
    state.close()
    openState({ path: join(dir, 'new.sqlite') }).close()
    expect(schemaOf(path)).toEqual(schemaOf(join(dir, 'new.sqlite')))
  })
})

describe('migrations', () => {
  const answeredQuestions = () => {
    const state = openState({ path })
    const found = state.questions.list({}).map(({ id }) => id)
    state.close()
    return found
  }

  it('run from empty, and do nothing the second time', () => {
    openState({ path }).close()
    const before = readFileSync(path)
    openState({ path }).close()
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('leave who was trusted trusted where only one workspace can have named them', () => {
    earlierState('0003_nights')
    const sqlite = new Database(path)
    sqlite.exec(`
      INSERT INTO workspaces VALUES ('discord:direct', '', '2026-01-01T00:00:00.000Z'), ('discord:1', '', '2026-01-01T00:00:00.000Z');
      INSERT INTO people VALUES ('slack:U2', 'slack:T1', 'Ann', '2026-01-01T00:00:00.000Z'),
        ('discord:3', 'discord:direct', 'Dee', '2026-01-01T00:00:00.000Z');
      INSERT INTO chat_people VALUES ('slack:U1', 'Europe/Zurich', NULL, 0, 1), ('slack:U2', NULL, NULL, 1, 0),
        ('discord:3', NULL, NULL, 0, 1);`)
    sqlite.close()
    const state = openState({ path })
    expect(state.chatPeople.trusted('slack:T1')).toEqual(['slack:U1'])
    expect(state.chatPeople.trusted('discord:direct')).toEqual([])
    expect(state.chatPeople.trusted('discord:1')).toEqual(['discord:3'])
    expect(state.chatPeople.settings('slack:U1')).toEqual({ timeZone: 'Europe/Zurich', locale: null, onlyMe: false })
    expect(state.chatPeople.settings('slack:U2')).toMatchObject({ onlyMe: true })
    state.close()
  })

  it('leave nobody trusted whom either of two workspaces can have named', () => {
    earlierState('0003_nights')
    const sqlite = new Database(path)
    sqlite.exec(`
      INSERT INTO workspaces VALUES ('slack:T2', 'Other', '2026-01-01T00:00:00.000Z');
      INSERT INTO chat_people VALUES ('slack:U1', 'Europe/Zurich', NULL, 0, 1);`)
    sqlite.close()
    const state = openState({ path })
    expect([state.chatPeople.trusted('slack:T1'), state.chatPeople.trusted('slack:T2')]).toEqual([[], []])
    expect(state.chatPeople.settings('slack:U1')).toMatchObject({ timeZone: 'Europe/Zurich' })
    state.close()
  })

  it('run once when several processes start on an empty folder', async () => {
    const start = () => runElsewhere(`openState({ path: ${JSON.stringify(path)} }).close(); say('started')`)
    expect(await Promise.all([start(), start(), start()])).toEqual(['started', 'started', 'started'])
    expect(answeredQuestions()).toEqual([])
  })

  it('keep what refers to a table that is rebuilt', () => {
    earlierState(tags.at(-1) ?? '')
    const rebuild = `CREATE TABLE new_people (id text PRIMARY KEY NOT NULL, workspace_id text NOT NULL, name text NOT NULL, added_at text NOT NULL, nick text);
      --> statement-breakpoint
      INSERT INTO new_people SELECT *, NULL FROM people;
      --> statement-breakpoint
      DROP TABLE people;
      --> statement-breakpoint
      ALTER TABLE new_people RENAME TO people;`
    const state = openState({ path, migrationsFolder: migrationsFolder({ andThen: rebuild }) })
    expect(state.questions.get('q1')?.feedback).toHaveLength(1)
    state.close()
  })

  it('that fail leave the state as it was', () => {
    earlierState(tags.at(-1) ?? '')
    const before = schemaOf(path)
    const broken = migrationsFolder({
      andThen: 'CREATE TABLE half (id text);\n--> statement-breakpoint\nCREATE TABLE nonsense (;',
    })
    expect(() => openState({ path, migrationsFolder: broken })).toThrow(/syntax error/)
    expect(schemaOf(path)).toEqual(before)
    expect(answeredQuestions()).toEqual(['q1'])
  })

  it('that would leave rows referring to nothing are taken back', () => {
    earlierState(tags.at(-1) ?? '')
    const careless = migrationsFolder({ andThen: 'DELETE FROM people;' })
    expect(() => openState({ path, migrationsFolder: careless })).toThrow(/refer to nothing/)
    expect(answeredQuestions()).toEqual(['q1'])
  })
})

it('refuses a state of a newer program and changes nothing', () => {
  openState({ path, migrationsFolder: migrationsFolder({ andThen: 'CREATE TABLE later (id text);' }) }).close()
  const before = readFileSync(path)
  const tooNew = expect.objectContaining({
    code: 'state-too-new',
    message: expect.stringContaining(path),
    advice: expect.stringContaining('newer version'),
  })
  expect(() => openState({ path })).toThrow(tooNew)
  expect(readFileSync(path).equals(before)).toBe(true)
})

it('refuses a database that is not a state, and changes nothing', () => {
  const sqlite = new Database(path)
  sqlite.exec('CREATE TABLE mine (id INTEGER); INSERT INTO mine VALUES (1)')
  sqlite.close()
  expect(() => openState({ path })).toThrow(expect.objectContaining({ code: 'not-a-state' }))
  expect(schemaOf(path)).toHaveLength(1)
})
