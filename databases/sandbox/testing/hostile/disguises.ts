import type { HostileClass } from './hostile-class.ts'

const deeds = [
  'DELETE FROM people',
  'DROP TABLE people',
  'UPDATE people SET age = 0',
  "ATTACH 'x.db' AS x",
  'PRAGMA user_version = 9',
  'INSERT INTO people (id) VALUES (777)',
]
const fullWidth = (text: string) =>
  text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
const invisible = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u202e', '\u00a0', '\u3000', '\u2028', '\u0085']

/** Statements that hide what they do from whoever reads them first. */
export const disguises: HostileClass[] = [
  {
    name: 'stacked',
    make: (dice) =>
      dice.pick([
        `SELECT ${dice.between(1, 999)}; ${dice.pick(deeds)}`,
        `SELECT name FROM people WHERE name = '${dice.word()}'; ${dice.pick(deeds)};`,
        `${dice.pick(deeds)}; SELECT ${dice.between(1, 999)}`,
        `; ${dice.pick(deeds)}; SELECT ${dice.between(1, 99)}`,
        `SELECT '${dice.word()};'; ${dice.pick(deeds)}; --`,
        `SELECT 1;;;${dice.pick(deeds)} -- ${dice.word()}`,
      ]),
  },
  {
    name: 'stacked behind comments',
    make: (dice) =>
      dice.pick([
        `SELECT 1 -- ${dice.word()}\n; ${dice.pick(deeds)}`,
        `SELECT 1 /* ${dice.word()} /* */; ${dice.pick(deeds)} -- */`,
        `SELECT 1 --${dice.word()}\r\n;${dice.pick(deeds)}`,
        `/* ${dice.word()} */ ${dice.pick(deeds)} /* SELECT */`,
        `-- SELECT ${dice.between(1, 99)}\n${dice.pick(deeds)}`,
        `SELECT '--' ; ${dice.pick(deeds)} /* ${dice.word()}`,
        `SELECT "/*", ${dice.between(1, 99)}; ${dice.pick(deeds)}; --*/`,
        `SELECT 1 /*! ${dice.word()} */ ; /*! ${dice.pick(deeds)} */ ${dice.pick(deeds)}`,
      ]),
  },
  {
    name: 'words cut by comments',
    make: (dice) => {
      const deed = dice.pick(deeds)
      const at = dice.between(1, 5)
      return dice.pick([
        `${deed.slice(0, at)}/**/${deed.slice(at)} -- ${dice.word()}`,
        `SEL/* ${dice.word()} */ECT * FROM people; ${deed}`,
        dice.respaced(` ${deed} WHERE 1 = 1 AND '${dice.word()}' `),
        `/**/${deed}--${dice.word()}`,
      ])
    },
  },
  {
    name: 'unicode look-alikes',
    make: (dice) =>
      dice.pick([
        `${fullWidth('DELETE')} FROM people -- ${dice.word()}`,
        `SELECT 1\uff1b ${dice.pick(deeds)} -- ${dice.word()}`,
        `SELECT * FROM people WHERE name = \u2019${dice.word()}\u2019; ${dice.pick(deeds)}`,
        `D\u0415LETE FROM people WHERE id = ${dice.between(1, 999)}`,
        `SELECT * FROM \u00b4people\u00b4 WHERE id = ${dice.between(1, 99)}`,
        `\u017fELECT ${dice.between(1, 99)}; ${dice.pick(deeds)}`,
        `SELECT ${fullWidth('load_extension')}('${dice.word()}')`,
        `PRAG\u039cA user_version = ${dice.between(1, 99)}`,
      ]),
  },
  {
    name: 'invisible characters',
    make: (dice) => {
      const deed = dice.pick(deeds)
      const sign = dice.pick(invisible)
      return dice.pick([
        `${sign}${deed} -- ${dice.word()}`,
        `SELECT${sign}1;${sign}${deed}`,
        `SELECT 1;${sign}${deed.replaceAll(' ', sign)}`,
        `SELECT ${dice.between(1, 99)} ${sign};${deed}${sign}`,
        deed.replaceAll(' ', sign),
      ])
    },
  },
  {
    name: 'NUL and control characters',
    make: (dice) => {
      const control = dice.pick(['\0', '\0\0', '\x01', '\x08', '\x1a', '\x1b[2J', '\x7f', '\v'])
      return dice.pick([
        `SELECT ${dice.between(1, 99)}${control}; ${dice.pick(deeds)}`,
        `SELECT '${dice.word()}${control}'; ${dice.pick(deeds)}`,
        `${control}${dice.pick(deeds)} -- ${dice.word()}`,
        `SELECT * FROM people${control} WHERE id = ${dice.between(1, 99)}; ${dice.pick(deeds)}`,
        `DEL${control}ETE FROM people WHERE id = ${dice.between(1, 99)}`,
      ])
    },
  },
  {
    name: 'broken text',
    make: (dice) =>
      dice.pick([
        `SELECT '\ud800${dice.word()}'; ${dice.pick(deeds)}`,
        `SELECT "\udfff${dice.word()}" FROM people; ${dice.pick(deeds)}`,
        `SELECT '${dice.word()}`,
        `SELECT "${dice.word()} FROM people; ${dice.pick(deeds)}`,
        `SELECT [${dice.word()}; ${dice.pick(deeds)}`,
        `SELECT x'${dice.between(100, 998)}' FROM people`,
        `SELECT ${dice.between(1, 9)}${dice.word()}1e; ${dice.pick(deeds)}`,
        `'${dice.word()}' OR 1=1; ${dice.pick(deeds)} --`,
      ]),
  },
  {
    name: 'double quotes',
    mayAnswer: true,
    make: (dice) =>
      dice.pick([
        `SELECT * FROM people WHERE name = "x'; ${dice.pick(deeds)}; --${dice.word()}"`,
        `SELECT * FROM people WHERE name = "${dice.word()}""; ${dice.pick(deeds)}; --"`,
        `SELECT "'; ${dice.pick(deeds)}; --" FROM people WHERE id = ${dice.between(1, 99)}`,
        `SELECT * FROM "people; ${dice.pick(deeds)}" -- ${dice.word()}`,
        `SELECT * FROM people WHERE name = "${dice.word()}'" OR name = "';${dice.pick(deeds)}"`,
        `SELECT 'it''s' FROM people WHERE city LIKE "%' UNION SELECT secret FROM people --${dice.word()}"`,
      ]),
  },
  {
    name: 'deep nesting',
    make: (dice) => {
      const depth = dice.between(200, 5000)
      return dice.pick([
        `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}`,
        `SELECT ${'(SELECT '.repeat(depth)}1${')'.repeat(depth)}`,
        `SELECT ${'-'.repeat(depth).replaceAll('-', '- ')}1`,
        `SELECT ${'NOT '.repeat(depth)}1`,
        `SELECT ${'CASE WHEN 1 THEN '.repeat(depth)}1${' END'.repeat(depth)}`,
        `SELECT ${'abs('.repeat(depth)}1${')'.repeat(depth)}`,
        `SELECT * FROM ${'(SELECT * FROM '.repeat(depth)}people${')'.repeat(depth)}`,
        `SELECT ${'~'.repeat(depth)}${depth}`,
        `SELECT ${'['.repeat(depth)}`,
      ])
    },
  },
  {
    name: 'long statements',
    make: (dice) => {
      const count = dice.between(2000, 60_000)
      return dice.pick([
        `SELECT ${'1 + '.repeat(count)}1`,
        `SELECT 1 ${`UNION ALL SELECT ${dice.between(1, 99)} `.repeat(count)}`,
        `SELECT * FROM people WHERE id IN (${'1,'.repeat(count)}1)`,
        `SELECT '${'x'.repeat(count * 10)}'`,
        `SELECT ${'name,'.repeat(count)}name FROM people`,
        `SELECT 1 ${'OR 1 '.repeat(count)}`,
        `SELECT 1 ${' '.repeat(count)}/*${'*'.repeat(count)}*/; ${dice.pick(deeds)}`,
        `SELECT * FROM people ${'JOIN people '.repeat(count % 3000)}`,
        `SELECT 'a' ${"|| 'a' ".repeat(count)}`,
      ])
    },
  },
  {
    name: 'parameters',
    make: (dice) =>
      `SELECT ${dice.pick(['name', 'id', 'city'])} FROM people WHERE ${dice.pick(['id', 'name'])} ${dice.pick(['=', '<>', '>', 'LIKE'])} ${dice.pick(['?', `?${dice.between(1, 32_766)}`, `:${dice.word()}`, `@${dice.word()}`, `$${dice.word()}`, `#${dice.word()}`])}`,
  },
]
