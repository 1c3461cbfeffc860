import { expect, test } from 'vitest'
import { groupShown } from './group-shown.ts'

test.each([
  ['prices for each year', 'SELECT max(price), max(score), year FROM wine', ' GROUP BY year'],
  ['highest price per year', 'SELECT year, max(price) FROM wine', ' GROUP BY year'],
  ['prices', 'SELECT T1.name, "the maker", count(*) AS n FROM wine AS T1', ' GROUP BY T1.name, "the maker"'],
])('%s: %s is grouped by what it shows', (question, sql, added) => {
  expect(groupShown(sql, question)).toBe(sql + added)
})

test('the groups stand before what sorts them', () => {
  expect(groupShown('SELECT year, avg(price) FROM wine WHERE score > 3 ORDER BY year LIMIT 2', '')).toBe(
    'SELECT year, avg(price) FROM wine WHERE score > 3 GROUP BY year ORDER BY year LIMIT 2',
  )
})

test('a subquery has groups of its own', () => {
  const within = 'SELECT grape, count(*) FROM wine WHERE id IN (SELECT wine_id FROM sale GROUP BY wine_id)'
  expect(groupShown(`${within} ORDER BY 2`, '')).toBe(`${within} GROUP BY grape ORDER BY 2`)
})

test.each([
  'SELECT name, max(price) FROM wine',
  'SELECT DISTINCT year, count(*) FROM wine',
  'SELECT count(*), avg(price) FROM wine',
  'SELECT year, count(*) FROM wine GROUP BY year',
  'SELECT year, count(*) OVER () FROM wine',
  'SELECT year, (SELECT max(price) FROM wine) FROM wine',
  'SELECT year + 1, count(*) FROM wine',
  'SELECT year, price FROM wine',
])('%s stays', (sql) => expect(groupShown(sql, 'wines')).toBe(sql))
