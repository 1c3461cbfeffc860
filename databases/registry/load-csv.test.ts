import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseError } from '../database-error.ts'
import { loadCsv } from './load-csv.ts'

let folder: string
let made = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csv-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Files = Record<string, string | Uint8Array>

function load(files: Files) {
  const out = join(folder, `${made++}.sqlite`)
  const sources = Object.entries(files).map(([name, content]) => {
    const path = join(folder, `source-${made++}`)
    writeFileSync(path, content)
    return { path, name }
  })
  const { warnings } = loadCsv({ files: sources, out, maxBytes: 1e9 })
  const db = new SQLite(out, { readonly: true })
  db.defaultSafeIntegers(false)
  const tables = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`)
    .pluck()
    .all() as string[]
  const read = (table: string) => ({
    columns: (db.pragma(`table_info("${table}")`) as { name: string; type: string }[]).map(
      ({ name, type }) => `${name} ${type}`,
    ),
    rows: db.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][],
    ddl: db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) as string,
  })
  const result = { warnings, tables, contents: tables.map(read) }
  db.close()
  return result
}

/** The one table of one file. */
function table(content: string | Uint8Array, name = 't.csv') {
  const { contents, warnings } = load({ [name]: content })
  const [only] = contents
  if (!only) throw new Error('no table')
  return { ...only, warnings }
}

/** Type and values of a column with these cells; a second column keeps empty cells from being empty lines. */
function column(cells: string[], delimiter = ',') {
  const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"${delimiter}x`)
  const { columns, rows, warnings } = table(`c${delimiter}other\n${quoted.join('\n')}\n`)
  return { type: columns[0]?.split(' ')[1], values: rows.map(([value]) => value), warnings }
}

function failure(files: Files): DatabaseError {
  try {
    load(files)
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
  throw new Error('nothing failed')
}

describe('types', () => {
  it.each([
    [['1', '-20', '0'], 'INTEGER', [1, -20, 0]],
    [['1', '2.5', '-.5', '1e3'], 'REAL', [1, 2.5, -0.5, 1000]],
    [['1,234', '12', '1,234,567.5'], 'NUMERIC', [1234, 12, 1234567.5]],
    [['1.234,5', '12', '-3,25'], 'NUMERIC', [1234.5, 12, -3.25]],
    [["1'234.50", '2'], 'NUMERIC', [1234.5, 2]],
    [['1 234,50', '1\u00a0000'], 'NUMERIC', [1234.5, 1000]],
    [['1.234.567', '5'], 'NUMERIC', [1234567, 5]],
    [['01234', '99999'], 'TEXT', ['01234', '99999']],
    [['+4915112345', '+441234'], 'TEXT', ['+4915112345', '+441234']],
    [['1', 'two'], 'TEXT', ['1', 'two']],
    [['12', 'N/A', '', 'null'], 'INTEGER', [12, null, null, null]],
    [['Yes', 'N/A', ''], 'TEXT', ['Yes', 'N/A', null]],
    [['N/A', ''], 'TEXT', ['N/A', null]],
    [['', ''], 'TEXT', [null, null]],
    [['12,34,567'], 'TEXT', ['12,34,567']],
    [['99999999999999999999'], 'REAL', [1e20]],
  ])('of %j are %s', (cells, type, values) => {
    expect(column(cells)).toMatchObject({ type, values })
  })

  it('take a comma for the decimal sign where semicolons part the columns', () => {
    expect(column(['1,234', '2,5'], ';').values).toEqual([1.234, 2.5])
    expect(column(['1,234', '22,500']).values).toEqual([1234, 22500])
  })

  it('keep 64-bit integers exact', () => {
    const out = join(folder, 'big.sqlite')
    const path = join(folder, 'big.csv')
    writeFileSync(path, 'id,n\n9223372036854775807,-9223372036854775808\n')
    loadCsv({ files: [{ path, name: 'big.csv' }], out, maxBytes: 1e9 })
    const db = new SQLite(out, { readonly: true })
    expect(db.prepare('SELECT * FROM big').safeIntegers().raw().get()).toEqual([2n ** 63n - 1n, -(2n ** 63n)])
    db.close()
  })

  it('never change what a text cell says, whatever the cells', () => {
    // The letter keeps the column from being anything but text.
    const cell = fc
      .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
      .map((text) => `z${text.replaceAll('\r', '').replaceAll('\u0000', '')}`)
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        expect(column(cells).values).toEqual(cells)
      }),
      { numRuns: 40 },
    )
  })
})

describe('dates', () => {
  it.each([
    [['2025-12-31', '2024-02-29'], 'DATE', ['2025-12-31', '2024-02-29']],
    [['2025-12-31T10:00:00Z', '2025-01-01'], 'DATETIME', ['2025-12-31T10:00:00Z', '2025-01-01']],
    [['31.12.2025', '1.2.2025'], 'DATE', ['2025-12-31', '2025-02-01']],
    [['31.12.2025 14:05', '01.02.2025 09:00:30'], 'DATETIME', ['2025-12-31 14:05:00', '2025-02-01 09:00:30']],
    [['12/31/2025', '1/2/2025'], 'DATE', ['2025-12-31', '2025-01-02']],
    [['31/12/2025', '1/2/2025'], 'DATE', ['2025-12-31', '2025-02-01']],
    [['31.12.2025', '1.2.2025 10:30'], 'DATETIME', ['2025-12-31', '2025-02-01 10:30:00']],
    [['31-12-2025', 'NA'], 'DATE', ['2025-12-31', null]],
    [['1/13/2025 12:05 AM', '1/2/2025 1:00 PM'], 'DATETIME', ['2025-01-13 00:05:00', '2025-01-02 13:00:00']],
    [['2025/1/2'], 'DATE', ['2025-01-02']],
    [['2 Jan 2025', '13-September-2025'], 'DATE', ['2025-01-02', '2025-09-13']],
    [['Jan 2, 2025', 'Dec 31, 2024'], 'DATE', ['2025-01-02', '2024-12-31']],
    [['2025-02-30', '2025-01-01'], 'TEXT', ['2025-02-30', '2025-01-01']],
    [['31.02.2025'], 'TEXT', ['31.02.2025']],
    [['12/31/2025', '31/12/2025'], 'TEXT', ['12/31/2025', '31/12/2025']],
    [['May 5', '12:30'], 'TEXT', ['May 5', '12:30']],
  ])('%j come out as %s', (cells, type, values) => {
    expect(column(cells)).toMatchObject({ type, values })
  })

  it('that may have the day or the month first stay text, and the person is told', () => {
    const { type, values, warnings } = column(['1/2/2025', '3/4/2025'])
    expect([type, values]).toEqual(['TEXT', ['1/2/2025', '3/4/2025']])
    expect(warnings).toEqual([expect.stringContaining('day or the month first')])
  })
})

describe('files', () => {
  it.each([
    ['comma', 'a,b\n1,"x,y"\n', 't.csv'],
    ['semicolon', 'a;b\n1;x,y\n', 't.csv'],
    ['tab', 'a\tb\n1\tx,y\n', 't.tsv'],
    ['tab in a .csv', 'a\tb\n1\tx,y\n', 't.csv'],
    ['bar', 'a|b\n1|x,y\n', 't.txt'],
    ['Windows lines', 'a;b\r\n1;x,y\r\n', 't.csv'],
    ['no last line break', 'a;b\n1;x,y', 't.csv'],
    ['blank lines', '\n\na;b\n\n1;x,y\n\n', 't.csv'],
    ['blanks around cells', 'a ; b\n1 ; x,y\n', 't.csv'],
  ])('parted by %s are read', (_what, content, name) => {
    expect(table(content, name)).toMatchObject({ columns: ['a INTEGER', 'b TEXT'], rows: [[1, 'x,y']] })
  })

  it.each(['utf8', 'utf16le', 'utf16be', 'windows-1252'])('in %s are read', (encoding) => {
    const text = 'Name;Straße\nJürgen Müller;Königsallee 5\nÅsa Öberg;Größe\nFrançois Lefèvre;Hôtel de Ville\n'
    const addBOM = encoding.startsWith('utf')
    const { columns, rows } = table(iconv.encode(text, encoding, { addBOM }))
    expect(columns).toEqual(['Name TEXT', 'Straße TEXT'])
    expect(rows[0]).toEqual(['Jürgen Müller', 'Königsallee 5'])
    expect(rows[2]).toEqual(['François Lefèvre', 'Hôtel de Ville'])
  })

  it('in Cyrillic Windows letters are read, where the letters come late too', () => {
    const plain = 'id,plain text\n'.repeat(8000)
    const text = `id,город\n${plain}1,Москва столица России\n2,Санкт-Петербург город на Неве\n`
    const { rows } = table(iconv.encode(text, 'windows-1251'))
    expect(rows.at(-2)?.[1]).toBe('Москва столица России')
  })

  it('keep line breaks and quotes inside cells', () => {
    expect(table('a,b\n"one\ntwo","say ""hi"""\n5" disk,x\n').rows).toEqual([
      ['one\ntwo', 'say "hi"'],
      ['5" disk', 'x'],
    ])
  })

  it('make one database, a table each, with plain names that remember the old ones', () => {
    const { tables, contents } = load({
      'Orders 2024.csv': 'Order ID,2024,,Order ID,select\n1,2,3,4,5\n',
      'orders_2024.tsv': 'x\ty\n1\t2\n',
      '../..csv': 'a,b\n1,2\n',
    })
    expect(tables).toEqual(['Orders_2024', 'orders_2024_2', 'table_3'])
    expect(contents[0]?.columns.map((name) => name.split(' ')[0])).toEqual([
      'Order_ID',
      '_2024',
      'column_3',
      'Order_ID_2',
      'select',
    ])
    expect(contents[0]?.ddl).toContain('/* Order ID */')
  })

  it('cannot smuggle SQL in through names', () => {
    const { columns, ddl } = table('a,"*/ ); DROP TABLE x; --","""; --"\n1,2,3\n', `x"; DROP TABLE y; --.csv`)
    expect(columns.map((name) => name.split(' ')[0])).toEqual(['a', 'DROP_TABLE_x', 'column_3'])
    expect(ddl).not.toMatch(/[^*]\*\/ \)/)
  })

  it('get a unique key where the first column is one', () => {
    const out = join(folder, 'keys.sqlite')
    const path = join(folder, 'keys.csv')
    writeFileSync(path, 'customer_id,id\n1,1\n2,1\n')
    loadCsv({ files: [{ path, name: 'keys.csv' }], out, maxBytes: 1e9 })
    const db = new SQLite(out, { readonly: true })
    expect(db.pragma('index_list(keys)')).toMatchObject([{ name: 'keys_customer_id', unique: 1 }])
    db.close()
  })

  it('of 50,000 rows load in seconds', { timeout: 60_000 }, () => {
    const lines = Array.from({ length: 50_000 }, (_, n) => `${n},name ${n},${n / 4},2025-01-0${(n % 9) + 1}`)
    const start = process.cpuUsage()
    expect(table(`id,name,amount,day\n${lines.join('\n')}\n`).rows).toHaveLength(50_000)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(10_000)
  })
})

describe('ragged rows', () => {
  it('with too many cells are an error that names the line', () => {
    const error = failure({ 'people.csv': 'a,b\n1,2\n"x\ny",4\n5,6,7\n' })
    expect(error).toMatchObject({
      code: 'ragged-table',
      message: 'people.csv has 3 cells in line 5 and 2 in its header.',
    })
  })

  it('with missing cells at the end are filled up, and the person is told', () => {
    const { rows, warnings } = table('a,b,c\n1,2,3\n4\n5,6\n')
    expect(rows).toEqual([
      [1, 2, 3],
      [4, null, null],
      [5, 6, null],
    ])
    expect(warnings).toEqual([expect.stringMatching(/2 rows have fewer cells .*line 3/)])
  })

  it('that only have delimiters too many are taken', () => {
    expect(table('a,b\n1,2,,\n').rows).toEqual([[1, 2]])
  })

  it('whose quotes do not close are an error', () => {
    expect(failure({ 't.csv': 'a,b\n1,"2\n3,4\n' })).toMatchObject({
      code: 'ragged-table',
      message: expect.stringContaining('line 3'),
    })
  })

  it('that never end do not fill the memory', () => {
    expect(failure({ 't.csv': `a,b\n1,"${'x'.repeat(9e6)}` }).code).toBe('ragged-table')
  })
})

it('a header alone makes an empty table, and nothing at all is an error', () => {
  expect(table('a,b\n')).toMatchObject({ rows: [], warnings: ['t.csv has a header and no rows.'] })
  expect(failure({ 't.csv': '\n\n' }).code).toBe('file-empty')
  expect(failure({ 't.csv': `${'a,'.repeat(1500)}b\n` }).code).toBe('too-many-columns')
})
