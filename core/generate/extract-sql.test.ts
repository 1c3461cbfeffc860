import { expect, test } from 'vitest'
import { extractSql } from './extract-sql.ts'

test.each([
  ['bare', 'SELECT 1', 'SELECT 1'],
  ['fenced', '```sql\nSELECT 1;\n```', 'SELECT 1'],
  ['fenced without an end', '```sql\nSELECT name\nFROM t', 'SELECT name\nFROM t'],
  [
    'behind a sentence',
    'Sure! Here is the query you need:\n\nSELECT a FROM t WHERE b = 1;\n\nIt selects a.',
    'SELECT a FROM t WHERE b = 1',
  ],
  ['behind thoughts', '<think>SELECT wrong FROM x</think>\nSELECT right FROM y', 'SELECT right FROM y'],
  ['before an explanation', 'SELECT a FROM t\n\nThis query selects a.', 'SELECT a FROM t'],
  ['a fence that holds no SQL first', '```json\n{"a": 1}\n```\n```sql\nSELECT 2\n```', 'SELECT 2'],
  ['a semicolon inside quotes', "SELECT ';' FROM t; DROP TABLE t", "SELECT ';' FROM t"],
  ['WITH', '```\nWITH a AS (SELECT 1) SELECT * FROM a\n```', 'WITH a AS (SELECT 1) SELECT * FROM a'],
  ['lower case', 'select x from y', 'select x from y'],
  ['inline code', 'Use `SELECT x FROM y` for that.', 'SELECT x FROM y'],
])('%s', (_, text, sql) => expect(extractSql(text)).toBe(sql))

test.each(['', 'I cannot answer that.', 'Please select a table with care.', '```sql\n```'])('no SQL in %j', (text) => {
  expect(extractSql(text)).toBeNull()
})
