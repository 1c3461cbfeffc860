import { expect, test } from 'vitest'
import { fixFunctions } from './fix-functions.ts'

test.each([
  [
    'SELECT MONTH(d), count(*) FROM t GROUP BY MONTH(d)',
    "SELECT strftime('%Y-%m', d), count(*) FROM t GROUP BY strftime('%Y-%m', d)",
  ],
  [
    'SELECT * FROM t WHERE YEAR(d) = 2020 AND MONTH(coalesce(a, b)) IN (1, 2)',
    "SELECT * FROM t WHERE CAST(strftime('%Y', d) AS INTEGER) = 2020 AND CAST(strftime('%m', coalesce(a, b)) AS INTEGER) IN (1, 2)",
  ],
  ['SELECT EXTRACT(YEAR FROM d) FROM t', "SELECT CAST(strftime('%Y', d) AS INTEGER) FROM t"],
  [
    "SELECT DATE_FORMAT(d, '%Y-%m'), DATE_TRUNC('month', d) FROM t",
    "SELECT strftime('%Y-%m', d), strftime('%Y-%m', d) FROM t",
  ],
  [
    'SELECT LEFT(name, 3) FROM a LEFT JOIN b ON a.id = b.id',
    'SELECT substr(name, 1, 3) FROM a LEFT JOIN b ON a.id = b.id',
  ],
  ["SELECT 'YEAR(d)' FROM t", "SELECT 'YEAR(d)' FROM t"],
  ['SELECT year FROM t WHERE YEAR(', 'SELECT year FROM t WHERE YEAR('],
  ['SELECT count(*) FROM t', 'SELECT count(*) FROM t'],
])('%s', (sql, fixed) => expect(fixFunctions(sql)).toBe(fixed))
