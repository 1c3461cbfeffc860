import type { HostileClass } from './hostile-class.ts'

const tables = ['people', 'events', '"people"', '[events]', '`people`', 'PEOPLE', 'main.people', 'main.events']
const columns = ['name', 'city', 'age', 'id']

/** Statements that change data or schema, openly or behind something that reads. */
export const writes: HostileClass[] = [
  {
    name: 'insert',
    make: (dice) =>
      dice.recased(
        dice.pick([
          `INSERT INTO ${dice.pick(tables)} (name) VALUES ('${dice.word()}')`,
          `INSERT OR IGNORE INTO people (id, age) SELECT id + ${dice.between(100, 9999)}, age FROM people`,
          `INSERT INTO events DEFAULT VALUES`,
          `INSERT INTO people (id) VALUES (${dice.between(1, 99)}) ON CONFLICT DO UPDATE SET name = '${dice.word()}'`,
          `INSERT INTO people SELECT * FROM people WHERE id = ${dice.between(1, 50)}`,
        ]),
      ),
  },
  {
    name: 'update',
    make: (dice) =>
      dice.respaced(
        dice.pick([
          `UPDATE ${dice.pick(tables)} SET ${dice.pick(columns)} = '${dice.word()}'`,
          `UPDATE OR REPLACE people SET id = id + ${dice.between(1, 999)}`,
          `UPDATE people SET age = age + 1 WHERE id IN (SELECT id FROM people LIMIT ${dice.between(1, 9)})`,
          `UPDATE people SET name = e.kind FROM events e WHERE e.person_id = people.id AND e.id < ${dice.between(5, 500)}`,
        ]),
      ),
  },
  {
    name: 'delete',
    make: (dice) =>
      dice.respaced(
        dice.pick([
          `DELETE FROM ${dice.pick(tables)}`,
          `DELETE FROM people WHERE id ${dice.pick(['=', '<', '>'])} ${dice.between(1, 99)}`,
          `DELETE FROM events ORDER BY id LIMIT ${dice.between(1, 99)}`,
          `DELETE FROM people WHERE EXISTS (SELECT ${dice.between(1, 99)})`,
        ]),
      ),
  },
  {
    name: 'replace',
    make: (dice) =>
      `REPLACE INTO ${dice.pick(tables)} (id, ${dice.pick(['name', 'kind'])}) VALUES (${dice.between(1, 99)}, '${dice.word()}')`,
  },
  {
    name: 'returning',
    make: (dice) =>
      dice.pick([
        `DELETE FROM people WHERE id = ${dice.between(1, 99)} RETURNING ${dice.pick(columns)}`,
        `INSERT INTO people (name) VALUES ('${dice.word()}') RETURNING *`,
        `UPDATE people SET age = ${dice.between(1, 99)} RETURNING id, ${dice.pick(columns)}`,
        `REPLACE INTO people (id) VALUES (${dice.between(1, 99)}) RETURNING rowid`,
      ]),
  },
  {
    name: 'write behind WITH',
    make: (dice) =>
      dice.respaced(
        dice.pick([
          `WITH t AS (SELECT ${dice.between(1, 99)} AS x) DELETE FROM people WHERE id IN (SELECT x FROM t)`,
          `WITH t(x) AS (VALUES (${dice.between(1, 99)})) INSERT INTO people (id) SELECT x FROM t`,
          `WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT ${dice.between(2, 99)}) UPDATE people SET age = (SELECT max(x) FROM t)`,
          `WITH ${dice.word()} AS (SELECT 1) REPLACE INTO people (id) VALUES (1) RETURNING id`,
          `WITH t AS (DELETE FROM people WHERE id = ${dice.between(1, 99)} RETURNING *) SELECT * FROM t`,
        ]),
      ),
  },
  {
    name: 'create',
    make: (dice) =>
      dice.pick([
        `CREATE TABLE ${dice.word()} (x)`,
        `CREATE TABLE IF NOT EXISTS ${dice.word()} AS SELECT * FROM people`,
        `CREATE VIEW ${dice.word()} AS SELECT * FROM people`,
        `CREATE INDEX ${dice.word()} ON people (${dice.pick(columns)})`,
        `CREATE UNIQUE INDEX main.${dice.word()} ON events (id)`,
        `CREATE TRIGGER ${dice.word()} AFTER INSERT ON people BEGIN DELETE FROM events; END`,
      ]),
  },
  {
    name: 'drop',
    make: (dice) =>
      dice.respaced(
        `DROP ${dice.pick(['TABLE', 'VIEW', 'INDEX', 'TRIGGER'])} ${dice.pick(['', 'IF EXISTS '])}${dice.pick([...tables, 'adults', dice.word()])}`,
      ),
  },
  {
    name: 'alter',
    make: (dice) =>
      dice.pick([
        `ALTER TABLE people RENAME TO ${dice.word()}`,
        `ALTER TABLE people ADD COLUMN ${dice.word()} TEXT`,
        `ALTER TABLE events DROP COLUMN ${dice.pick(['kind', 'at'])} -- ${dice.word()}`,
        `ALTER TABLE people RENAME COLUMN ${dice.pick(columns)} TO ${dice.word()}`,
      ]),
  },
  {
    name: 'temporary objects',
    make: (dice) =>
      dice.pick([
        `CREATE TEMP TABLE ${dice.word()} AS SELECT * FROM people`,
        `CREATE TEMPORARY VIEW people AS SELECT ${dice.between(1, 99)} AS id`,
        `CREATE TEMP TRIGGER ${dice.word()} AFTER DELETE ON main.people BEGIN SELECT 1; END`,
        `SELECT * FROM temp.${dice.word()}`,
        `DROP VIEW temp.people -- ${dice.word()}`,
        `INSERT INTO temp.people VALUES (${dice.between(1, 99)})`,
      ]),
  },
  {
    name: 'maintenance',
    make: (dice) =>
      dice.recased(
        `${dice.pick(['REINDEX', 'ANALYZE', 'VACUUM'])} ${dice.pick(['', 'main', 'people', 'main.people', 'temp', dice.word()])}`,
      ),
  },
  {
    name: 'vacuum into',
    make: (dice, { folder }) =>
      dice.respaced(
        `VACUUM ${dice.pick(['', 'main '])}INTO ${dice.pick([`'${folder}/${dice.word()}.db'`, `'/tmp/${dice.word()}.db'`, `'${folder}/' || '${dice.word()}'`, `printf('%s/%s', '${folder}', '${dice.word()}')`])}`,
      ),
  },
  {
    name: 'attach',
    make: (dice, { folder, other }) =>
      dice.respaced(
        dice.pick([
          `ATTACH '${other}' AS ${dice.word()}`,
          `ATTACH DATABASE '${folder}/${dice.word()}.db' AS ${dice.word()}`,
          `ATTACH 'file:${folder}/${dice.word()}.db?mode=rwc' AS ${dice.word()}`,
          `ATTACH '/etc/${dice.word()}' AS ${dice.word()}`,
          `ATTACH ':memory:' AS ${dice.word()}`,
          `DETACH ${dice.pick(['main', 'temp', dice.word()])}`,
        ]),
      ),
  },
  {
    name: 'transactions',
    make: (dice) =>
      dice.pick([
        `BEGIN ${dice.pick(['', 'IMMEDIATE', 'EXCLUSIVE', 'DEFERRED'])} TRANSACTION -- ${dice.word()}`,
        `COMMIT /* ${dice.word()} */`,
        `END TRANSACTION -- ${dice.word()}`,
        `ROLLBACK TO ${dice.word()}`,
        `SAVEPOINT ${dice.word()}`,
        `RELEASE ${dice.word()}`,
      ]),
  },
]
