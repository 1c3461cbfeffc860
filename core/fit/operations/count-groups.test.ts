import { expect, test } from 'vitest'
import { countGroups } from './count-groups.ts'

const HAVING = 'FROM orders GROUP BY customer_id HAVING count(*) > 20'

test.each([
  ['How many customers have more than 20 orders?', `SELECT count(DISTINCT customer_id) ${HAVING}`],
  ['how many customers ordered more than 20 times', `SELECT count(*) ${HAVING}`],
])('%s: the groups are counted', (question, sql) => {
  expect(countGroups(sql, question)).toBe(`SELECT count(*) FROM (SELECT 1 ${HAVING})`)
})

test.each([
  ['How many orders does each customer with more than 20 have?', `SELECT count(*) ${HAVING}`],
  ['Which customers have more than 20 orders?', `SELECT count(*) ${HAVING}`],
  ['How many customers have more than 20 orders?', `SELECT customer_id, count(*) ${HAVING}`],
  ['How many customers have more than 20 orders?', `SELECT count(*) ${HAVING} ORDER BY 1`],
  ['How many customers are there?', 'SELECT count(*) FROM customers'],
])('%s: %s stays', (question, sql) => {
  expect(countGroups(sql, question)).toBeNull()
})
