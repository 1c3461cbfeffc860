import type { HostileClass } from './hostile-class.ts'

const secret = ['secret', '"secret"', '[secret]', '`SECRET`', 'p.secret', 'people.secret', 'Secret']
const from = (column: string) => (column.startsWith('p.') ? 'people p' : 'people')

/** Statements that try to see a column that is marked sensitive. */
export const probes: HostileClass[] = [
  {
    name: 'sensitive column, read',
    make: (dice) => {
      const column = dice.pick(secret)
      const table = from(column)
      return dice.pick([
        `SELECT ${column} FROM ${table} WHERE id = ${dice.between(1, 99)}`,
        `SELECT ${column} AS ${dice.word()} FROM ${table}`,
        `SELECT upper(${column}) || '${dice.word()}' FROM ${table}`,
        `SELECT x FROM (SELECT ${column} AS x FROM ${table}) LIMIT ${dice.between(1, 99)}`,
        `WITH t(x) AS (SELECT ${column} FROM ${table}) SELECT x FROM t LIMIT ${dice.between(1, 99)}`,
        `SELECT (SELECT ${column} FROM ${table} LIMIT 1 OFFSET ${dice.between(0, 40)})`,
        `SELECT group_concat(${column}, '${dice.word()}') FROM ${table}`,
        `SELECT json_group_array(${column}) FROM ${table} WHERE id < ${dice.between(2, 50)}`,
        `SELECT name FROM people UNION SELECT ${column} FROM ${table} LIMIT ${dice.between(1, 99)}`,
        `SELECT max(${column}) OVER (ORDER BY id) FROM ${table} LIMIT ${dice.between(1, 99)}`,
      ])
    },
  },
  {
    name: 'sensitive column, guessed by its effect',
    mayAnswer: true,
    make: (dice) => {
      const column = dice.pick(secret)
      const table = from(column)
      return dice.pick([
        `SELECT id FROM ${table} WHERE ${column} LIKE '${dice.word()}%'`,
        `SELECT count(*) FROM ${table} WHERE substr(${column}, ${dice.between(1, 9)}, 1) > 'm'`,
        `SELECT id FROM ${table} ORDER BY ${column} LIMIT ${dice.between(1, 99)}`,
        `SELECT count(*) FROM ${table} GROUP BY ${column} LIMIT ${dice.between(1, 99)}`,
        `SELECT count(*) FROM ${table} HAVING min(${column}) < '${dice.word()}'`,
        `SELECT CASE WHEN ${column} > '${dice.word()}' THEN 1 ELSE 0 END FROM ${table}`,
        `SELECT e.id FROM events e JOIN people p ON p.secret = e.kind || '${dice.word()}'`,
        `SELECT 1 FROM people NATURAL JOIN (SELECT '${dice.word()}' AS secret)`,
        `SELECT 1 FROM people JOIN (SELECT '${dice.word()}' AS secret) USING (secret)`,
        `SELECT id FROM events WHERE EXISTS (SELECT 1 FROM people p WHERE p.secret = '${dice.word()}')`,
      ])
    },
  },
  {
    name: 'sensitive column, through views',
    make: (dice) =>
      dice.pick([
        `SELECT ${dice.pick(['secret', '*', 'whole.secret', 'id, secret'])} FROM whole WHERE id = ${dice.between(1, 99)}`,
        `SELECT ${dice.pick(['mask', '*', 'MASK'])} FROM masked LIMIT ${dice.between(1, 99)}`,
        `SELECT w.* FROM whole w JOIN masked USING (id) WHERE id < ${dice.between(1, 99)}`,
        `SELECT * FROM (SELECT * FROM twice) LIMIT ${dice.between(1, 99)}`,
        `WITH whole AS (SELECT * FROM main.whole) SELECT secret FROM whole LIMIT ${dice.between(1, 99)}`,
        `SELECT leak FROM qualified WHERE ${dice.between(1, 99)}`,
      ]),
  },
  {
    name: 'names of schemas',
    make: (dice) => {
      const schema = dice.pick(['main', '"main"', 'MAIN', '[main]', 'temp', '"temp"'])
      return dice.pick([
        `SELECT secret FROM ${schema}.people LIMIT ${dice.between(1, 99)}`,
        `SELECT ${schema}.people.secret FROM people WHERE id = ${dice.between(1, 99)}`,
        `SELECT * FROM ${schema} . people WHERE id = ${dice.between(1, 99)}`,
        `SELECT name FROM people WHERE id IN ${schema}.events AND ${dice.between(1, 99)}`,
        `SELECT * FROM people JOIN ${schema}."people" p2 ON p2.id = ${dice.between(1, 99)}`,
        `SELECT * FROM ${schema}/**/./**/people LIMIT ${dice.between(1, 99)}`,
      ])
    },
  },
]
