import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox, type Sandbox } from './sandbox.ts'
import { makeDatabase, makeFolder } from './testing/make-database.ts'

const folder = makeFolder()
let sandbox: Sandbox
let path = ''

beforeAll(() => {
  path = makeDatabase(
    folder.path,
    'values.db',
    `CREATE TABLE kinds (v);
     INSERT INTO kinds VALUES (NULL), (1), (-2.5), (9007199254740991), (9007199254740993), (-9223372036854775808),
       (1e308 * 10), ('text'), (''), (x'00ff'), (x''), (CAST(x'41ff42c3' AS TEXT)), (CAST(x'410042' AS TEXT)), ('😀')`,
  )
  sandbox = createSandbox({ processes: 1, maxRows: 100, maxBytes: 100_000 })
})
afterAll(async () => {
  await sandbox.close()
  folder.remove()
})

function run(sql: string, maxRows?: number) {
  return sandbox.run({ path, sql, maxRows })
}

describe('what comes back', () => {
  it('is every value as it was stored', async () => {
    const outcome = await run('SELECT v FROM kinds')
    expect(outcome).toMatchObject({ kind: 'rows', columns: ['v'], truncated: false })
    expect(outcome.kind === 'rows' && outcome.rows.flat()).toEqual([
      null,
      1,
      -2.5,
      9007199254740991,
      9007199254740993n,
      -9223372036854775808n,
      Number.POSITIVE_INFINITY,
      'text',
      '',
      new Uint8Array([0, 255]),
      new Uint8Array([]),
      'A\ufffdB\ufffd',
      'A\0B',
      '😀',
    ])
  })

  it('keeps columns of the same name apart', async () => {
    expect(await run('SELECT 1 AS a, 2 AS a, 3 AS "A"')).toEqual({
      kind: 'rows',
      columns: ['a', 'a', 'A'],
      rows: [[1, 2, 3]],
      truncated: false,
    })
  })

  it('has its columns even without rows', async () => {
    expect(await run('SELECT v AS "the value" FROM kinds WHERE 0')).toMatchObject({ columns: ['the value'], rows: [] })
  })

  it('is what SQLite says where it will not run the statement', async () => {
    expect(await run('SELECT nobody FROM kinds')).toEqual({ kind: 'rejected', message: 'no such column: nobody' })
    expect(await run('SELEC 1')).toMatchObject({ kind: 'rejected' })
    expect(await run('SELECT ?')).toMatchObject({ kind: 'rejected' })
    expect(await run('')).toMatchObject({ kind: 'rejected' })
    expect(await run('SELECT abs(-9223372036854775808)')).toMatchObject({
      kind: 'rejected',
      message: 'integer overflow',
    })
  })
})

describe('limits', () => {
  const numbers = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 200) SELECT x FROM n'

  it('cut rows, and say so', async () => {
    const outcome = await run(numbers)
    expect(outcome).toMatchObject({ kind: 'rows', truncated: true })
    expect(outcome.kind === 'rows' && outcome.rows.length).toBe(100)
    expect(await run(`${numbers} LIMIT 100`)).toMatchObject({ truncated: false })
    expect(await run(numbers, 3)).toMatchObject({ rows: [[1], [2], [3]], truncated: true })
    expect(await run(numbers, 0)).toMatchObject({ rows: [], truncated: true })
  })

  it('cut bytes, and say so', async () => {
    const outcome = await run("SELECT printf('%.*c', 10000, 'x') FROM kinds")
    expect(outcome).toMatchObject({ kind: 'rows', truncated: true })
    expect(outcome.kind === 'rows' && outcome.rows.length).toBe(4)
    expect(await run('SELECT zeroblob(200000)')).toMatchObject({ kind: 'rejected', message: /single row/ })
  })

  it('do not make an endless result hang', async () => {
    const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n'
    expect(await run(endless)).toMatchObject({ kind: 'rows', truncated: true })
  })
})

describe('what does not read', () => {
  it.each([
    'INSERT INTO kinds VALUES (1)',
    'DELETE FROM kinds RETURNING v',
    'WITH t AS (SELECT 1) UPDATE kinds SET v = 1',
    'CREATE TEMP TABLE t (x)',
    'PRAGMA user_version = 7',
    'PRAGMA database_list',
    'EXPLAIN SELECT 1',
    'EXPLAIN QUERY PLAN SELECT 1',
    "ATTACH ':memory:' AS more",
    'BEGIN',
    'SELECT 1; SELECT 2',
    'SELECT 1; DELETE FROM kinds',
  ])('%s is refused by the process itself', async (sql) => {
    expect(await run(sql)).toMatchObject({ kind: 'refused' })
  })

  it('VACUUM INTO writes no copy', async () => {
    expect(await run(`VACUUM INTO '${folder.path}/copy.db'`)).toMatchObject({ kind: 'refused' })
  })
})
