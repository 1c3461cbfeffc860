import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { openCommandLine, type TestCommandLine } from '../testing/open-command-line.ts'

let line: TestCommandLine

beforeAll(async () => {
  line = await openCommandLine()
})

afterAll(() => line.close())

async function succeeds(...args: string[]): Promise<string> {
  const { code, out, err } = await line.run(['databases', ...args])
  expect({ args, code, err: err.replace(/^! .*\n/gm, '') }).toEqual({ args, code: 0, err: '' })
  return out
}

/** A SQLite file outside of the data directory, made by the program itself from a dump. */
async function sqliteFile(name: string, dump: string): Promise<string> {
  await succeeds('add', '--name', 'made', line.write('made.sql', dump))
  const folder = join(line.home, 'databases')
  const newest = readdirSync(folder)
    .filter((file) => file.endsWith('.sqlite'))
    .map((file) => join(folder, file))
    .sort((one, other) => statSync(other).ctimeMs - statSync(one).ctimeMs)[0]
  const path = line.write(name, readFileSync(String(newest)))
  await succeeds('remove', 'made')
  return path
}

test('a list without databases says how to add one', async () => {
  expect(await succeeds('list')).toMatch(/^No database.*rowbot databases add FILE\n$/)
})

test('a dump is added, listed, shown, read anew, and removed', async () => {
  const dump = line.write('school.sql', SCHOOL_DUMP)
  const added = await succeeds('add', dump, '--description', 'courses and who takes them')
  expect(added).toMatch(/^school · 5 tables · Data up to .* · courses and who takes them\n/)
  expect(added).toMatch(/students +4 rows\n/)
  expect(await succeeds('list')).toMatch(/^school {2}5 tables {2}Data up to .* {2}courses and who takes them\n$/)
  const shown = await succeeds('show', 'school')
  expect(shown).toMatch(/teacher_id\s+INTEGER\s+→ teachers\.id/)
  expect(shown).toMatch(/\n {2}id\s+INTEGER\s+primary key\n/)
  expect(await succeeds('refresh', 'school')).toBe('school was read anew.\n')
  expect(await succeeds('remove', 'school')).toBe('school is no longer registered.\n')
  expect(await succeeds('list')).toMatch(/^No database/)
})

test('several CSV files become one database, which can get new data', async () => {
  const people = line.write('people.csv', 'id,name,born\n1,Ada,1815-12-10\n2,Alan,1912-06-23\n')
  const towns = line.write('towns.csv', 'id;town\n1;Zürich\n')
  const added = await succeeds('add', people, towns, '--name', 'registry')
  expect(added).toMatch(/^registry · 2 tables/)
  expect(added).toMatch(/people +2 rows, from people\.csv\n/)
  const more = line.write('people.csv', 'id,name,born\n1,Ada,1815-12-10\n2,Alan,1912-06-23\n3,Grace,1906-12-09\n')
  expect(await succeeds('replace', 'registry', more, towns)).toMatch(/people +3 rows, from people\.csv\n/)
  await succeeds('remove', 'registry')
})

test('a SQLite file is copied, or read in place and then always fresh', async () => {
  const file = await sqliteFile(
    'ledger.sqlite',
    'CREATE TABLE entries (id INTEGER PRIMARY KEY, amount REAL); INSERT INTO entries VALUES (1, 2.5);',
  )
  await succeeds('add', file)
  await succeeds('add', file, '--in-place', '--name', 'live')
  const grown = await sqliteFile(
    'grown.sqlite',
    'CREATE TABLE entries (id INTEGER PRIMARY KEY, amount REAL); INSERT INTO entries VALUES (1, 2.5), (2, 3);',
  )
  line.write('ledger.sqlite', readFileSync(grown))
  expect(await succeeds('show', 'ledger')).toMatch(/entries +1 row\n/)
  expect(await succeeds('show', 'live')).toMatch(/entries +2 rows\n/)
  await succeeds('remove', 'live')
  expect(statSync(file).isFile()).toBe(true)
  await succeeds('remove', 'ledger')
})

test('sensitive columns are kept back from the start, and can be chosen later', async () => {
  const csv = line.write('staff.csv', 'id,name,salary,iban\n1,Ada,100,CH93\n')
  const args = ['add', '--sensitive', 'staff.salary', '--sensitive', 'staff.iban', csv]
  expect(await succeeds(...args)).not.toMatch(/salary|iban/)
  expect(await succeeds('hide', 'staff', 'staff.iban')).toBe('Hidden in staff: staff.iban\n')
  expect(await succeeds('show', 'staff')).toMatch(/salary/)
  // What a model has kept of a schema holds the names and values that are hidden from now on.
  mkdirSync(join(line.home, 'prefixes'), { recursive: true })
  writeFileSync(join(line.home, 'prefixes', 'key-checksum.state'), 'tokens')
  expect((await line.run(['databases', 'add', '--in-place', __filename])).code).toBe(1)
  expect(readdirSync(join(line.home, 'prefixes'))).toHaveLength(1)
  await succeeds('hide', 'staff', 'staff.name')
  expect(readdirSync(join(line.home, 'prefixes'))).toEqual([])
  expect(await succeeds('hide', 'staff')).toBe('staff hides nothing now.\n')
  expect(await succeeds('show', 'staff')).toMatch(/iban/)
  await succeeds('remove', 'staff')
})

test.each<[string, string[], RegExp]>([
  ['a file that is not there', ['add', 'nowhere.csv'], /There is no file nowhere\.csv\.\n.*\.sqlite/],
  ['a folder', ['add', '/usr'], /\/usr is not a file\.\n/],
  ['several files in place', ['add', '--in-place', __filename, __filename], /single SQLite file.*\n.*--in-place/],
  ['a program in place', ['add', '--in-place', __filename], /is not a SQLite database\.\n.*upload|without --in-place/],
  ['a column without a table', ['hide', 'nobody', 'email'], /“email” does not name a column\.\n.*TABLE\.COLUMN/],
  ['showing what is not there', ['show', 'nobody'], /no database called “nobody”\.\n.*databases list/],
  ['refreshing what is not there', ['refresh', 'nobody'], /nobody.*\n.*databases list/],
  ['replacing what is not there', ['replace', 'nobody', __filename], /nobody.*\n.*databases list/],
  ['removing what is not there', ['remove', 'nobody'], /nobody.*\n.*databases list/],
  ['an unknown command', ['frobnicate'], /unknown command 'frobnicate'/],
])('%s ends with 1 and advice', async (_name, args, words) => {
  const { code, out, err } = await line.run(['databases', ...args])
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(words)
})

test('a sensitive column that does not exist leaves no database behind', async () => {
  const csv = line.write('pets.csv', 'id,name\n1,Rex\n')
  const { code, err } = await line.run(['databases', 'add', csv, '--sensitive', 'pets.nope'])
  expect(code).toBe(1)
  expect(err).toMatch(/no column pets\.nope/)
  expect(await succeeds('list')).toMatch(/^No database/)
})

test('ragged rows and half a dump are refused or said', async () => {
  const ragged = await line.run(['databases', 'add', line.write('ragged.csv', 'a,b\n1,2\n3,4,5\n6\n')])
  expect(ragged.err).toMatch(/ragged/)
  const half = await line.run(['databases', 'add', line.write('half.sql', "CREATE TABLE a (x); ATTACH 'b' AS b;")])
  expect(half.code).toBe(1)
  expect(half.err).toMatch(/ATTACH/)
})

test('hostile names cannot steer the terminal', async () => {
  const dump = line.write('odd.sql', 'CREATE TABLE "evil\u009b2Jtable\u202e" ("a\rb" INTEGER, "line\nbreak" TEXT);')
  const out = await succeeds('add', dump)
  expect(out).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
  await succeeds('remove', 'odd')
})
