import { describe, expect, it } from 'vitest'
import { failureOf, fileAt, rowsOf, shop, testRegistryOfFile } from './testing/test-registry.ts'

const test = testRegistryOfFile()

describe('sensitive columns', () => {
  it('are gone from schema, values, index and answers, and come back when they are allowed', async () => {
    const path = test.make(
      'people.db',
      `CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, iban TEXT, secret_token TEXT);
      INSERT INTO people VALUES (1, 'Ann', 'DE89 3704', 'Swordfish')`,
    )
    const added = await test.registry.addUpload([fileAt(path)])
    expect(added.record.sensitive).toEqual([{ table: 'people', column: 'secret_token' }])
    expect(added.personal).toEqual([{ table: 'people', column: 'iban' }])
    expect(added.warnings).toEqual([expect.stringContaining('people.secret_token')])

    const closed = await test.registry.open('people')
    await closed.values.ready
    expect(JSON.stringify(closed.schema)).not.toContain('secret_token')
    expect(closed.values.match('Swordfish')).toEqual([])
    expect((await closed.run('SELECT secret_token FROM people')).outcome.kind).toBe('rejected')
    expect(await rowsOf(closed, 'SELECT * FROM people')).toEqual([[1, 'Ann', 'DE89 3704']])
    expect((await closed.preview('people')).columns).toEqual(['id', 'name', 'iban'])

    await test.registry.setSensitive('people', [{ table: 'people', column: 'name' }])
    const reopened = await test.registry.open('people')
    await reopened.values.ready
    expect(reopened.values.match('Swordfish and Ann').map(({ value }) => value)).toEqual(['Swordfish'])
    expect(await rowsOf(reopened, 'SELECT * FROM people')).toEqual([[1, 'DE89 3704', 'Swordfish']])

    await test.registry.setSensitive('people', [{ table: 'people', column: 'secret_token' }])
    const indexes = test.kept().filter((file) => file.startsWith('values/'))
    expect(indexes).toEqual([])
  })

  it('leave a schema of which everything can be read', async () => {
    const path = test.make(
      'mixed.db',
      `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, pin_code TEXT, half TEXT AS (substr(pin_code, 1, 2)));
       INSERT INTO users (name, pin_code) VALUES ('Ann', '4711');
       CREATE TABLE "order" (id INTEGER PRIMARY KEY, "user id" INT REFERENCES users, double INT AS (id * 2)); INSERT INTO "order" VALUES (1, 1);
       CREATE VIEW everyone AS SELECT * FROM users; CREATE VIEW coded AS SELECT name, pin_code AS code FROM users;
       CREATE VIEW joined AS SELECT name, "order".id FROM users JOIN "order" ON "user id" = users.id;
       CREATE VIEW over AS SELECT upper(name) AS loud FROM everyone; CREATE VIEW hidden AS SELECT * FROM coded;
       CREATE VIRTUAL TABLE search USING fts5(text); INSERT INTO search VALUES ('4711')`,
    )
    await test.registry.addUpload([fileAt(path)])
    const database = await test.registry.open('mixed')
    expect(database.schema.tables.map(({ name }) => name)).toEqual(['users', 'order', 'everyone', 'joined', 'over'])
    for (const { name, columns } of database.schema.tables) {
      const { rows: found } = await database.preview(name)
      expect(found).toHaveLength(1)
      expect(found[0]).toHaveLength(columns.length)
      expect(JSON.stringify(found)).not.toContain('47')
    }
    for (const name of ['coded', 'hidden', 'search']) {
      expect((await database.run(`SELECT * FROM ${name}`)).outcome.kind).toBe('rejected')
    }
  })

  it('stay kept back in new data, whatever the table is called there', async () => {
    const csv = (rows: string) => `id,name,salary\n${rows}`
    const { record } = await test.registry.addUpload([fileAt(test.write('staff.csv', csv('1,Ann,100')))])
    await test.registry.setSensitive('staff', [{ table: 'staff', column: 'salary' }])
    const after = await test.registry.replace(record.id, [fileAt(test.write('staff_2026.csv', csv('1,Ann,200')))])
    expect(after.warnings).toEqual([expect.stringContaining('Kept back instead: staff_2026.salary.')])
    const database = await test.registry.open('staff')
    expect((await database.run('SELECT salary FROM staff_2026')).outcome.kind).toBe('rejected')
    expect(await rowsOf(database, 'SELECT * FROM staff_2026')).toEqual([[1, 'Ann']])
    const renamed = await test.registry.replace(record.id, [fileAt(test.write('pay.csv', 'id,name,wages\n1,Ann,300'))])
    expect(renamed.warnings).toEqual([expect.stringContaining('staff_2026.salary, which was kept back, is not')])
    const again = await test.registry.replace(record.id, [fileAt(test.write('pay.csv', 'id,name,wages\n1,Ann,400'))])
    expect(again.warnings).toEqual([])
    const back = await test.registry.replace(record.id, [fileAt(test.write('staff_2027.csv', csv('1,Ann,500')))])
    expect(back.warnings).toEqual([expect.stringContaining('Kept back instead: staff_2027.salary.')])
  })

  it('stay kept back when they are hidden while new data are taken in', async () => {
    const csv = 'id,name,salary\n1,Ann,100\n'
    const { record } = await test.registry.addUpload([fileAt(test.write('wages.csv', csv))])
    async function* hiddenMeanwhile() {
      yield Buffer.from(csv)
      await test.registry.setSensitive('wages', [{ table: 'wages', column: 'salary' }])
      yield Buffer.from('2,Bob,200\n')
    }
    await test.registry.replace(record.id, [{ name: 'wages.csv', stream: hiddenMeanwhile() }])
    expect(await rowsOf(await test.registry.open('wages'), 'SELECT * FROM wages')).toEqual([
      [1, 'Ann'],
      [2, 'Bob'],
    ])
  })

  it('must exist', async () => {
    await test.registry.addUpload([fileAt(test.make('c.db', shop))])
    const failure = await failureOf(test.registry.setSensitive('c', [{ table: 'customers', column: 'nope' }]))
    expect(failure.code).toBe('no-such-column')
  })
})
