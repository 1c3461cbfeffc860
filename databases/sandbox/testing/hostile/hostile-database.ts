import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDatabase } from '../make-database.ts'
import type { Targets } from './hostile-class.ts'

/** What no statement may ever get to see. */
export const secretText = 'never-to-be-seen'

export const sensitive = [{ table: 'people', column: 'secret' }]

/** Makes the database that hostile statements run on, with a text file and a second database beside it. */
export function makeHostileDatabase(folder: string): Targets & { path: string } {
  const victim = join(folder, 'victim.txt')
  writeFileSync(victim, secretText)
  const other = makeDatabase(folder, 'other.db', `CREATE TABLE t (x); INSERT INTO t VALUES ('${secretText}')`)
  const path = makeDatabase(
    folder,
    'people.db',
    `CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, city TEXT, age INT, secret TEXT);
     CREATE TABLE events (id INTEGER PRIMARY KEY, person_id INT, kind TEXT, at TEXT);
     WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 50)
       INSERT INTO people SELECT x, 'name ' || x, 'city ' || x % 7, 20 + x, '${secretText} ' || x FROM n;
     WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)
       INSERT INTO events SELECT x, x % 50, 'kind ' || x % 11, date('2026-01-01', x % 300 || ' days') FROM n;
     CREATE INDEX by_secret ON people (secret);
     CREATE VIEW adults AS SELECT id, name FROM people WHERE age >= 18;
     CREATE VIEW whole AS SELECT * FROM people;
     CREATE VIEW masked AS SELECT id, substr(secret, 1, 5) AS mask FROM people;
     CREATE VIEW twice AS SELECT mask FROM masked;
     CREATE VIEW qualified AS SELECT secret AS leak FROM main.people;
     ANALYZE`,
  )
  return { folder, victim, other, path }
}

/** Names, contents and times of all files in a folder. */
export function stateOf(folder: string): string[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name)
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
    return `${name} ${hash} ${statSync(path, { bigint: true }).mtimeNs}`
  })
}
