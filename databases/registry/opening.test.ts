import { appendFileSync, rmSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openRegistry } from './registry.ts'
import { fileAt, openTestRegistry, rowsOf, shop, testRegistryOfFile } from './testing/test-registry.ts'

const test = testRegistryOfFile()

describe('opening', () => {
  it('builds the value index in the background and finds it again later', async () => {
    await test.registry.addUpload([fileAt(test.make('idx.db', shop))])
    const database = await test.registry.open('idx')
    await database.values.ready
    expect(database.values.match('who lives in Muenchen')[0]).toMatchObject({
      table: 'customers',
      column: 'city',
      value: 'München',
      matched: 'Muenchen',
    })
    expect(test.kept().filter((file) => file.startsWith('values/'))).toHaveLength(1)
  })

  it('has the index of a small database at once, and does not wait for that of a large one', async () => {
    const { record } = await test.registry.addUpload([fileAt(test.make('small.db', shop))])
    expect((await test.registry.open(record.id)).values.match('Muenchen')).toHaveLength(1)
    const hasty = openTestRegistry({ indexWaitMs: 0 })
    try {
      const database = await hasty.registry.openFile(hasty.make('large.db', shop))
      expect(database.values.match('Muenchen')).toEqual([])
      await database.values.ready
      expect(database.values.match('Muenchen')).toHaveLength(1)
    } finally {
      await hasty.close()
    }
  })

  it('serves many at once', async () => {
    await test.registry.addUpload([fileAt(test.make('many.db', shop))])
    const opened = await Promise.all(Array.from({ length: 20 }, () => test.registry.open('many')))
    const [again, fresh] = await Promise.all([test.registry.open('many'), test.registry.refresh('many')])
    expect(fresh.schema.hash).toBe(again.schema.hash)
    const answers = await Promise.all(opened.map((database, index) => rowsOf(database, `SELECT ${index}`)))
    expect(answers).toEqual(opened.map((_, index) => [[index]]))
  })

  it('lets go of those asked least recently, which still work', async () => {
    const small = openTestRegistry({ maxOpen: 2 })
    try {
      const names = ['a', 'b', 'c', 'd']
      for (const name of names) await small.registry.addUpload([fileAt(small.make(`${name}.db`, shop))], { name })
      const opened = await Promise.all(names.map((name) => small.registry.open(name)))
      for (const database of opened) expect(await rowsOf(database, 'SELECT 1')).toEqual([[1]])
    } finally {
      await small.close()
    }
  })

  it('opens a file that is not registered, a table too', async () => {
    const database = await test.registry.openFile(test.make('loose.db', shop))
    expect(await rowsOf(database, 'SELECT name FROM customers WHERE id = 1')).toEqual([['Ann']])
    const csv = test.write('loose.csv', 'id,city\n1,Paris\n')
    const table = await test.registry.openFile(csv)
    expect(table.record.name).toBe('loose')
    expect(Math.abs(Date.parse(table.record.dataAsOf) - statSync(csv).mtimeMs)).toBeLessThan(1000)
    expect(await rowsOf(table, 'SELECT city FROM loose')).toEqual([['Paris']])
    appendFileSync(csv, '2,Rome\n')
    expect(await rowsOf(await test.registry.openFile(csv), 'SELECT city FROM loose')).toEqual([['Paris'], ['Rome']])
    expect(test.registry.list()).toEqual([])
  })

  it('is not needed to know what a database holds, but for columns that are kept back since', async () => {
    const { record } = await test.registry.addUpload([fileAt(test.make('known.db', shop))])
    await (await test.registry.open(record.id)).values.ready
    const again = openRegistry({ records: test.state.databases, dataDir: test.dataDir, sandbox: test.sandbox })
    try {
      rmSync(record.path)
      const { schema, values } = await again.survey('known')
      expect(schema.tables.map(({ name, rowCount }) => [name, rowCount])).toEqual([['customers', 2]])
      expect(schema.tables[0]?.columns.map((column) => column.values)).toEqual([
        [],
        ['Ann', 'Bob'],
        ['München', 'Paris'],
      ])
      expect(schema.tables[0]?.columns.map((column) => column.range)).toEqual([undefined, undefined, undefined])
      expect(values.match('who lives in Muenchen')).toMatchObject([{ value: 'München' }])
      test.state.databases.update(record.id, { sensitive: [{ table: 'customers', column: 'city' }] })
      await expect(again.survey('known')).rejects.toMatchObject({ code: expect.any(String) })
    } finally {
      await again.close()
    }
  })

  it('describes tables when a view never ends', async () => {
    const impatient = openTestRegistry({ introspectMs: 1500 })
    try {
      const path = impatient.make(
        'bomb.db',
        `${shop}; CREATE VIEW bomb AS
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) AS s FROM n`,
      )
      const { warnings } = await impatient.registry.addUpload([fileAt(path)])
      expect(warnings).toEqual([expect.stringContaining('views')])
      const { schema } = await impatient.registry.open('bomb')
      expect(schema.tables.map(({ name, rowCount }) => [name, rowCount])).toEqual([
        ['customers', 2],
        ['bomb', null],
      ])
    } finally {
      await impatient.close()
    }
  })

  it('reads a database again when asked to', async () => {
    const path = test.make('refresh.db', shop)
    await test.registry.addPath(path)
    const before = await test.registry.open('refresh')
    expect((await test.registry.refresh('refresh')).schema).toEqual(before.schema)
    expect((await test.registry.refresh('refresh')).schema).not.toBe(before.schema)
  })
})
