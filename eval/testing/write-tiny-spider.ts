import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Questions about two tiny databases, by database. */
const QUESTIONS: Record<string, [string, string][]> = {
  school: [
    ['How many students are there?', 'SELECT count(*) FROM student'],
    ['What are the names of all students?', 'SELECT name FROM student'],
    ['What is the average age of the students?', 'SELECT avg(age) FROM student'],
    ['Who is the oldest student?', 'SELECT name FROM student ORDER BY age DESC LIMIT 1'],
  ],
  fleet: [
    ['How many ships are there?', 'SELECT count(*) FROM ship'],
    ['What are the names of the ships from Norway?', "SELECT name FROM ship WHERE country = 'Norway'"],
  ],
}

const TABLES: Record<string, string> = {
  school: `CREATE TABLE student (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
    INSERT INTO student VALUES (1, 'Ada', 20), (2, 'Ben', 22), (3, 'Cleo', 24);`,
  fleet: `CREATE TABLE ship (id INTEGER PRIMARY KEY, name TEXT, country TEXT);
    INSERT INTO ship VALUES (1, 'Fram', 'Norway'), (2, 'Vega', 'Sweden');`,
}

/** Writes a folder in Spider's format with six questions of dev, their databases, and a distilled database of one of them. */
export function writeTinySpider(folder: string): string {
  const entries = Object.entries(QUESTIONS).flatMap(([db_id, pairs]) =>
    pairs.map(([question, query]) => ({ db_id, question, query })),
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'dev.json'), JSON.stringify(entries))
  for (const [name, sql] of Object.entries(TABLES)) make(join(folder, 'database', name), name, sql)
  make(join(folder, 'testsuite', 'school'), 'school', TABLES.school ?? '')
  make(join(folder, 'testsuite', 'school'), 'other', `${TABLES.school} DELETE FROM student WHERE id = 3;`)
  return folder
}

function make(folder: string, name: string, sql: string): void {
  mkdirSync(folder, { recursive: true })
  const database = new Database(join(folder, `${name}.sqlite`))
  database.exec(sql)
  database.close()
}
