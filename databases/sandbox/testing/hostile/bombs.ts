import type { HostileClass } from './hostile-class.ts'

const numbers = (start: number) => `WITH RECURSIVE n(x) AS (SELECT ${start} UNION ALL SELECT x + 1 FROM n)`

/** Statements that are allowed, and want all the time or all the memory there is. */
export const bombs: HostileClass[] = [
  {
    name: 'endless recursion',
    bomb: true,
    make: (dice) => {
      const start = dice.between(1, 9999)
      return dice.pick([
        `${numbers(start)} SELECT count(*) FROM n`,
        `${numbers(start)} SELECT max(x) FROM n WHERE x % 7 = 9`,
        `${numbers(start)} SELECT x FROM n WHERE x < 0`,
        `WITH RECURSIVE n(x, y) AS (SELECT ${start}, 1 UNION ALL SELECT y, x + y FROM n) SELECT sum(y % 10) FROM n`,
        `WITH RECURSIVE n AS (SELECT ${start} AS x UNION SELECT (x * 48271) % 2147483647 FROM n) SELECT count(*) FROM n`,
        `WITH RECURSIVE n(x) AS (SELECT ${start} UNION ALL SELECT x + 1 FROM n), m(y) AS (SELECT 1 UNION ALL SELECT y + x FROM m JOIN n) SELECT count(*) FROM m`,
      ])
    },
  },
  {
    name: 'cross joins',
    bomb: true,
    make: (dice) => {
      const far = dice.between(1, 99_999)
      return dice.pick([
        `SELECT count(*) FROM events a, events b, events c WHERE a.id + b.id + c.id = ${-far}`,
        `SELECT sum(a.id * b.id) FROM events a CROSS JOIN events b CROSS JOIN events c WHERE a.id <> ${far}`,
        `SELECT max(a.kind || b.kind) FROM events a JOIN events b ON a.id <> b.id + ${far} JOIN events c`,
        `SELECT count(DISTINCT a.id + b.id * ${far}) FROM events a, events b`,
        `SELECT a.id FROM events a, events b, events c ORDER BY a.id * b.id % ${far}, c.id`,
      ])
    },
  },
  {
    name: 'huge strings',
    bomb: true,
    make: (dice) => {
      const size = dice.between(100_000_000, 999_999_999)
      return dice.pick([
        `SELECT length(printf('%.*c', ${size}, 'x'))`,
        `SELECT printf('%${size}d', 1)`,
        `SELECT length(replace(printf('%.*c', ${Math.floor(size / 5000)}, 'x'), 'x', printf('%.*c', 20000, 'y')))`,
        `SELECT upper(format('%*s', ${size}, 'x')) || lower(format('%*s', ${size}, 'X'))`,
        `SELECT hex(printf('%.*c', ${size}, 'x'))`,
        `SELECT quote(hex(format('%.${size}c', 'z')))`,
      ])
    },
  },
  {
    name: 'growing strings',
    bomb: true,
    make: (dice) => {
      const seed = dice.word()
      return dice.pick([
        `WITH RECURSIVE s(x) AS (SELECT '${seed}' UNION ALL SELECT x || x FROM s) SELECT max(length(x)) FROM s`,
        `WITH RECURSIVE s(x) AS (SELECT '${seed}' UNION ALL SELECT replace(x, 'a', x) || 'a' FROM s) SELECT max(length(x)) FROM s`,
        `WITH RECURSIVE s(x) AS (SELECT '${seed}' UNION ALL SELECT hex(x) FROM s) SELECT max(length(x)) FROM s`,
        `WITH RECURSIVE s(x) AS (SELECT '${seed}' UNION ALL SELECT quote(x || '''') FROM s) SELECT max(length(x)) FROM s`,
        `WITH RECURSIVE s(x) AS (SELECT '${seed}' UNION ALL SELECT concat(x, x, x) FROM s) SELECT x FROM s`,
      ])
    },
  },
  {
    name: 'patterns that backtrack',
    bomb: true,
    make: (dice) => {
      const letter = dice.pick([...'abcdefgh'])
      const many = dice.between(20, 60)
      const pairs = 'FROM events a, events b'
      return dice.pick([
        `SELECT count(*) ${pairs} WHERE printf('%.*c', 4000, '${letter}') || a.id LIKE '${`%${letter}`.repeat(many)}%z' || b.id`,
        `SELECT count(*) ${pairs} WHERE printf('%.*c', 4000, '${letter}') || a.id GLOB '${`*${letter}`.repeat(many)}*z' || b.id`,
        `SELECT count(*) ${pairs} WHERE replace(a.kind || b.kind, 'i', '${letter}') LIKE '${`%${letter}_`.repeat(many)}z'`,
        `SELECT sum(like('${`%_${letter}`.repeat(many)}z%', printf('%.*c', 50000, '${letter}') || a.id)) ${pairs}`,
        `SELECT sum(glob('${`*[${letter}]`.repeat(many)}z', printf('%.*c', 30000, '${letter}'))) ${pairs} WHERE a.id <> b.id`,
      ])
    },
  },
  {
    name: 'aggregates that grow',
    bomb: true,
    make: (dice) => {
      const size = dice.between(1000, 99_999)
      return dice.pick([
        `SELECT length(group_concat(printf('%.*c', ${size}, 'x'))) FROM events a, events b`,
        `${numbers(size)} SELECT length(group_concat(x)) FROM n`,
        `SELECT string_agg(a.kind || ${size}, b.kind) FROM events a, events b`,
        `SELECT count(DISTINCT a.kind || b.id || ${size}) FROM events a, events b`,
        `SELECT a.id, b.id, group_concat(b.kind, '${dice.word()}') FROM events a, events b GROUP BY a.id, b.id % ${size}`,
      ])
    },
  },
  {
    name: 'json',
    bomb: true,
    make: (dice) => {
      const size = dice.between(1000, 9999)
      return dice.pick([
        `SELECT length(json_group_array(json_object('a', a.kind, 'b', b.id + ${size}))) FROM events a, events b`,
        `WITH RECURSIVE j(x) AS (SELECT '[${size}]' UNION ALL SELECT json_array(json(x), json(x)) FROM j) SELECT max(length(x)) FROM j`,
        `SELECT count(*) FROM json_each('[' || substr(replace(printf('%.*c', ${size}, 'x'), 'x', ',1'), 2) || ']') a, json_each('[' || substr(replace(printf('%.*c', ${size}, 'x'), 'x', ',1'), 2) || ']') b WHERE a.value + b.value = 3`,
        `SELECT count(*) FROM events a, events b, json_tree('{"a":[1,2,{"b":${size}}]}') t WHERE t.value = a.id * b.id`,
        `WITH RECURSIVE j(x) AS (SELECT '{"a":${size}}' UNION ALL SELECT json_set(x, '$.a', json(x)) FROM j) SELECT max(length(x)) FROM j`,
      ])
    },
  },
  {
    name: 'windows',
    bomb: true,
    make: (dice) => {
      const size = dice.between(2, 9999)
      return dice.pick([
        `SELECT max(s) FROM (SELECT group_concat(a.kind) OVER (ORDER BY a.id ROWS BETWEEN UNBOUNDED PRECEDING AND ${size} FOLLOWING) AS s FROM events a)`,
        `SELECT max(s) FROM (SELECT sum(a.id + ${size}) OVER (PARTITION BY a.id % 3 ORDER BY b.id) AS s FROM events a, events b)`,
        `SELECT max(s) FROM (SELECT min(id * ${size}) OVER (ORDER BY id ROWS BETWEEN 9000 PRECEDING AND 9000 FOLLOWING EXCLUDE TIES) AS s FROM events)`,
        `${numbers(size)} SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY x DESC) AS r FROM n)`,
        `SELECT max(s) FROM (SELECT ntile(${size}) OVER (ORDER BY a.id * b.id) AS s FROM events a, events b)`,
      ])
    },
  },
  {
    name: 'sorts and floods of rows',
    bomb: true,
    make: (dice) => {
      const size = dice.between(1000, 9999)
      return dice.pick([
        `SELECT a.kind || b.kind || ${size} AS k FROM events a, events b ORDER BY k DESC`,
        `SELECT DISTINCT a.id * ${size} + b.id FROM events a, events b ORDER BY 1 DESC LIMIT 1`,
        `SELECT a.id, b.id FROM events a, events b UNION SELECT b.id, a.id + ${size} FROM events a, events b`,
        `SELECT printf('%.*c', ${size * 100}, 'x') FROM events a, events b`,
        `SELECT a.id FROM events a, events b EXCEPT SELECT ${size} + b.id FROM events a, events b`,
      ])
    },
  },
  {
    name: 'subqueries in rows',
    bomb: true,
    make: (dice) => {
      const far = dice.between(1, 9999)
      return dice.pick([
        `SELECT (SELECT count(*) FROM events b WHERE b.kind || b.id > a.kind || ${far}) FROM events a ORDER BY 1 LIMIT 1`,
        `SELECT count(*) FROM events a WHERE NOT EXISTS (SELECT 1 FROM events b WHERE b.id * ${far} = a.id + 0.5)`,
        `SELECT sum((SELECT sum(b.id + a.id) FROM events b, events c WHERE c.id <> ${far})) FROM events a`,
        `SELECT count(*) FROM events a WHERE id > (SELECT avg(b.id * ${far}) FROM events b WHERE b.id <> a.id)`,
        `SELECT max(x) FROM (SELECT (SELECT max(c.id * a.id) FROM events c JOIN events d ON c.id <> d.id) AS x FROM events a WHERE id > ${far % 100})`,
      ])
    },
  },
]
