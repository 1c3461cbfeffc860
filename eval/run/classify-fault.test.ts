import { expect, test } from 'vitest'
import type { Verdict } from '#databases/state/evaluation-record.ts'
import { classifyFault, type Fault } from './classify-fault.ts'

const GOLD = "SELECT name FROM ship WHERE country = 'Norway' ORDER BY age DESC LIMIT 3"

const pairs: [Fault, string, string][] = [
  ['columns', "SELECT name, age FROM ship WHERE country = 'Norway' ORDER BY age DESC LIMIT 3", GOLD],
  [
    'join',
    "SELECT name FROM ship JOIN crew ON crew.ship = ship.id WHERE country = 'Norway' ORDER BY age DESC LIMIT 3",
    GOLD,
  ],
  ['join', 'SELECT name FROM boat', 'SELECT name FROM ship'],
  ['nesting', 'SELECT name FROM ship WHERE age = (SELECT max(age) FROM ship)', 'SELECT name FROM ship WHERE age > 3'],
  ['nesting', 'SELECT name FROM ship UNION SELECT name FROM ship', 'SELECT name FROM ship'],
  ['aggregation', 'SELECT sum(age) FROM ship', 'SELECT avg(age) FROM ship'],
  ['aggregation', 'SELECT name FROM ship', 'SELECT name FROM ship GROUP BY name'],
  ['aggregation', 'SELECT DISTINCT name FROM ship', 'SELECT name FROM ship'],
  ['filter', GOLD.replace('Norway', 'Sweden'), GOLD],
  ['filter', 'SELECT name FROM ship WHERE age > 3', 'SELECT name FROM ship WHERE age >= 3'],
  ['filter', 'SELECT name FROM ship', 'SELECT name FROM ship WHERE age > 3'],
  ['order', GOLD.replace('DESC ', ''), GOLD],
  ['order', GOLD.replace('LIMIT 3', 'LIMIT 4'), GOLD],
  ['order', 'SELECT name FROM ship', 'SELECT name FROM ship LIMIT 1'],
  ['other', 'SELECT name FROM ship', 'SELECT country FROM ship'],
  ['other', 'select s.name from SHIP as s', 'SELECT country FROM ship'],
]
test.each(pairs)('%s: %s', (fault, sql, gold) => {
  expect(classifyFault({ verdict: 'wrong', sql, gold, message: null, rowCount: 2 })).toBe(fault)
})

test('no rows where there are some, unless the tables are others', () => {
  const empty = { verdict: 'wrong' as const, gold: GOLD, message: null, rowCount: 0 }
  expect(classifyFault({ ...empty, sql: GOLD.replace('Norway', 'norway') })).toBe('empty')
  expect(classifyFault({ ...empty, sql: 'SELECT name FROM boat' })).toBe('join')
})

const others: [Fault | null, Verdict, string | null][] = [
  [null, 'right', null],
  [null, 'gold-failed', 'no such column: x'],
  ['timeout', 'timed-out', null],
  ['abstained', 'unanswered', null],
  ['parse', 'crashed', 'near "FORM": syntax error'],
  ['parse', 'crashed', 'incomplete input'],
  ['parse', 'crashed', 'unrecognized token: "\'x"'],
  ['missing-name', 'crashed', 'no such column: nome'],
  ['missing-name', 'crashed', 'no such table: ships'],
  ['missing-name', 'crashed', 'no such function: YEAR'],
  ['missing-name', 'crashed', 'ambiguous column name: id'],
  ['timeout', 'crashed', 'The query took longer than 10 s.'],
  ['crashed', 'crashed', 'misuse of aggregate: count()'],
]
test.each(others)('%s: %s, %s', (fault, verdict, message) => {
  expect(classifyFault({ verdict, sql: 'SELECT 1', gold: GOLD, message, rowCount: null })).toBe(fault)
})

test('an answer where there is none', () => {
  expect(classifyFault({ verdict: 'wrong', sql: 'SELECT 1', gold: null, message: null, rowCount: 1 })).toBe('answered')
})
