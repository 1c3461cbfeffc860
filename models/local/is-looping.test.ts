import { expect, test } from 'vitest'
import { isLooping } from './is-looping.ts'

const words = (text: string) => text.split(' ')
const query = words(
  'SELECT name FROM city WHERE id IN ( SELECT city_id FROM shop WHERE a = 1 OR a = 2 OR a = 3 OR a = 4 OR a = 5 OR a = 6 )',
)

test('a query that repeats its form with other values is none', () => {
  for (let length = 0; length <= query.length; length++) expect(isLooping(query.slice(0, length))).toBe(false)
})

test.each([
  ['one token', "'x' ,", 12],
  ['a condition', 'AND dept IN ( 1 , 2 )', 3],
  ['a subquery', 'UNION SELECT dept_name FROM instructor WHERE dept_name = 1', 3],
])('%s over and over is, from its third time on', (_, stretch, times) => {
  const repeated = (count: number) => [...query, ...Array.from({ length: count }, () => words(stretch)).flat()]
  expect(isLooping(repeated(times - 1))).toBe(false)
  expect(isLooping(repeated(times))).toBe(true)
})
