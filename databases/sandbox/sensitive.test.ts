import { afterAll, describe, expect, it } from 'vitest'
import { createSandbox } from './sandbox.ts'
import { makeDatabase, makeFolder } from './testing/make-database.ts'

const folder = makeFolder()
const sandbox = createSandbox({ processes: 1 })
const path = makeDatabase(
  folder.path,
  'people.db',
  `CREATE TABLE People (id INTEGER PRIMARY KEY, name TEXT, "Salary in €" INT, email TEXT, domain TEXT AS (substr(email, 3)));
   CREATE TABLE logins (id INTEGER PRIMARY KEY, person_id INT, email TEXT, at TEXT);
   CREATE TABLE "order" (id INTEGER PRIMARY KEY, person_id INT, "select" TEXT);
   CREATE TABLE keys (secret TEXT);
   CREATE INDEX by_email ON People (email, name);
   INSERT INTO People (id, name, "Salary in €", email) VALUES (1, 'Ann', 77001, 'a@secret-1.example'), (2, 'Bob', 77002, 'b@secret-2.example');
   INSERT INTO logins VALUES (1, 1, 'a@secret-1.example', '2026-01-01'), (2, 2, 'b@secret-2.example', '2026-01-02');
   INSERT INTO "order" VALUES (1, 1, 'x');
   INSERT INTO keys VALUES ('secret-0');
   CREATE VIEW everyone AS SELECT * FROM People;
   CREATE VIEW "every ""one"" again" AS SELECT e.name, e.id FROM everyone e;
   CREATE VIEW addresses (address) AS SELECT email FROM People;
   CREATE VIEW addresses_again AS SELECT address FROM addresses;
   CREATE VIEW qualified AS SELECT email AS leak FROM main.People;
   CREATE VIEW counted AS WITH People AS (SELECT 1 AS id) SELECT count(*) AS n FROM People;
   CREATE VIEW pay AS SELECT id, "Salary in €" AS pay, name FROM people;
   CREATE VIEW renamed (id, mail) AS SELECT id, at FROM logins;
   CREATE VIRTUAL TABLE found USING fts5(name, email, content='People', content_rowid='id');
   CREATE VIRTUAL TABLE words USING fts5vocab('found', 'row');
   INSERT INTO found (found) VALUES ('rebuild');
   ANALYZE`,
)
const sensitive = [
  { table: 'people', column: 'EMAIL' },
  { table: 'people', column: 'salary in €' },
  { table: 'LOGINS', column: 'email' },
  { table: 'keys', column: 'secret' },
  { table: 'renamed', column: 'mail' },
  { table: 'gone', column: 'gone' },
]
afterAll(async () => {
  await sandbox.close()
  folder.remove()
})

function run(sql: string) {
  return sandbox.run({ path, sql, sensitive })
}

describe('queries that leave sensitive columns alone', () => {
  it.each([
    [
      'SELECT * FROM People ORDER BY 1',
      [
        [1, 'Ann'],
        [2, 'Bob'],
      ],
    ],
    ['SELECT p.* FROM "people" AS p WHERE p.ID = 2', [[2, 'Bob']]],
    ['SELECT name FROM [PEOPLE] ORDER BY name DESC LIMIT 1', [['Bob']]],
    ['SELECT * FROM (SELECT * FROM People) WHERE id = 1', [[1, 'Ann']]],
    ['WITH t AS (SELECT * FROM People) SELECT * FROM t WHERE id = 1', [[1, 'Ann']]],
    ['WITH People AS (SELECT 5 AS email) SELECT email FROM People', [[5]]],
    [
      'SELECT p.name, l.at FROM People p JOIN logins l ON l.person_id = p.id ORDER BY 2',
      [
        ['Ann', '2026-01-01'],
        ['Bob', '2026-01-02'],
      ],
    ],
    ['SELECT * FROM People NATURAL JOIN logins WHERE id = 1', [[1, 'Ann', 1, '2026-01-01']]],
    ['SELECT * FROM everyone WHERE id = 1', [[1, 'Ann']]],
    ['SELECT * FROM "every ""one"" again" WHERE id = 1', [['Ann', 1]]],
    ['SELECT n FROM counted', [[1]]],
    ['SELECT * FROM renamed', [[1], [2]]],
    ['SELECT "select" FROM "order"', [['x']]],
    ['SELECT count(*) FROM logins WHERE at > (SELECT min(at) FROM logins)', [[1]]],
    ['SELECT name FROM People UNION SELECT "select" FROM "order" ORDER BY 1', [['Ann'], ['Bob'], ['x']]],
  ])('%s', async (sql, rows) => {
    expect(await run(sql)).toMatchObject({ kind: 'rows', rows })
  })
})

describe('queries that reach for them', () => {
  it.each([
    'SELECT email FROM People',
    'SELECT p.eMail FROM people p',
    'SELECT "email" FROM "People"',
    'SELECT [email], `email` FROM People',
    'SELECT "Salary in €" FROM People',
    'SELECT domain FROM People',
    "SELECT name FROM People WHERE email LIKE 'a%'",
    "SELECT 1 FROM People WHERE substr(email, 1, 1) = 'a'",
    'SELECT name FROM People ORDER BY email',
    'SELECT count(*) FROM People GROUP BY email',
    "SELECT count(*) FROM People HAVING max(email) > 'a'",
    'SELECT max(length(email)) FROM People',
    'SELECT (SELECT email FROM People LIMIT 1)',
    'SELECT * FROM logins WHERE person_id IN (SELECT id FROM People p WHERE p.email = logins.email)',
    'SELECT 1 FROM People JOIN logins USING (email)',
    'SELECT 1 FROM People p JOIN logins l ON p.email = l.email',
    'SELECT x FROM (SELECT email AS x FROM People)',
    'WITH t(x) AS (SELECT email FROM People) SELECT x FROM t',
    'SELECT count(*) OVER (PARTITION BY email) FROM People',
    'SELECT count(*) FILTER (WHERE email IS NOT NULL) FROM People',
    "SELECT CASE WHEN email = 'x' THEN 1 ELSE 2 END FROM People",
    'SELECT id FROM People UNION SELECT email FROM People',
    'SELECT e.email FROM everyone e',
    'SELECT pay FROM pay',
    'SELECT name FROM pay',
    'SELECT * FROM addresses',
    'SELECT address FROM addresses_again',
    'SELECT leak FROM qualified',
    'SELECT * FROM qualified',
    'SELECT mail FROM renamed',
    'SELECT * FROM keys',
    'SELECT count(*) FROM keys',
    'SELECT email FROM main.People',
    'SELECT main.People.email FROM People',
    'SELECT email FROM temp.People',
    'SELECT * FROM "main"."keys"',
    'SELECT email FROM found',
    "SELECT * FROM found WHERE found MATCH 'secret'",
    'SELECT * FROM found_data',
    'SELECT * FROM found_config',
    'SELECT * FROM words',
    'SELECT * FROM pragma_database_list',
    'SELECT * FROM pragma_database_list()',
    "SELECT * FROM pragma_table_list('People')",
    'PRAGMA database_list',
    'SELECT value FROM json_each(email), People',
    'SELECT j.value FROM People, json_each(People.email) AS j',
    "SELECT json_object('x', email) FROM People",
    'SELECT email FROM People NOT INDEXED',
    'SELECT name FROM People INDEXED BY by_email',
    'SELECT (email, name) = (1, 2) FROM People',
    'SELECT email COLLATE NOCASE FROM People',
    'SELECT rowid, email FROM People',
    'EXPLAIN SELECT email FROM People',
  ])('%s', async (sql) => {
    const outcome = await run(sql)
    expect(outcome.kind).toMatch(/^re(fus|ject)ed$/)
    expect(JSON.stringify(outcome)).not.toMatch(/secret-\d|7700\d|hidden_/)
  })

  it('no value of theirs comes out of anything that can be listed', async () => {
    const listed = [
      'sqlite_schema',
      'sqlite_master',
      'sqlite_stat1',
      'sqlite_stat4',
      'sqlite_temp_schema',
      'dbstat',
      'sqlite_sequence',
    ]
    for (const table of listed) {
      const outcome = await run(`SELECT * FROM ${table}`)
      expect(
        JSON.stringify(outcome, (_, value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
        ),
      ).not.toMatch(/secret-\d|7700\d/)
    }
  })

  it('the same queries work where nothing is sensitive', async () => {
    expect(await sandbox.run({ path, sql: 'SELECT email FROM People WHERE id = 1' })).toMatchObject({
      rows: [['a@secret-1.example']],
    })
    expect(await sandbox.run({ path, sql: 'SELECT count(*) FROM sqlite_stat4' })).toMatchObject({ kind: 'rows' })
  })
})
