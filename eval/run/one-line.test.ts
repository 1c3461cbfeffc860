import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { oneLine } from './one-line.ts'

const database = new Database(':memory:')
const read = (sql: string) => database.prepare(sql).raw().all()

test.each([
  ["SELECT 'two  blanks'\n  AS x", "SELECT 'two  blanks' AS x"],
  ['SELECT 1 -- the first\n, 2', 'SELECT 1 , 2'],
  ['SELECT/* a\nb */1\t;', 'SELECT 1 ;'],
  ["SELECT '-- no comment', 'it''s /* none */ either'", "SELECT '-- no comment', 'it''s /* none */ either'"],
  ["SELECT 'a\nb\tc' LIKE 'a%c'", "SELECT ('a' || char(10) || 'b' || char(9) || 'c') LIKE 'a%c'"],
  ["SELECT 'a\r\n'''", "SELECT ('a' || char(13) || '' || char(10) || '''')"],
  ["SELECT x'00ff', 1.5e3, 3<>4", "SELECT x'00ff', 1.5e3, 3<>4"],
])('%s', (sql, line) => {
  expect(oneLine(sql)).toBe(line)
  expect(read(line)).toEqual(read(sql))
})
