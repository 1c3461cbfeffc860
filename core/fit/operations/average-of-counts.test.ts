import { expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { averageOfCounts } from './average-of-counts.ts'

const names = schemaNames(
  schemaOf(
    table('airlines', 'id! INTEGER', 'name TEXT', 'staff INTEGER'),
    table('flights', 'id! INTEGER', 'airline_id INTEGER > airlines.id', 'miles INTEGER'),
  ),
)
const FROM = 'FROM airlines AS a JOIN flights AS f ON f.airline_id = a.id GROUP BY a.id'
const MEAN = `SELECT avg(n) FROM (SELECT count(*) AS n ${FROM})`

test.each([
  [`SELECT a.name, count(*) ${FROM}`, 'mean count of flights per airline'],
  [`SELECT count(*) ${FROM} ORDER BY count(*) DESC`, 'What is the average number of flights per airline?'],
  [`SELECT a.name, avg(f.airline_id) ${FROM}`, 'the avg number of flights for each airline'],
])('%s for "%s" counts, and takes the mean', (sql, question) => {
  expect(averageOfCounts(sql, question, names)).toBe(MEAN)
})

test.each([
  [`SELECT a.name, count(*) ${FROM}`, 'number of flights per airline'],
  // A number that is stored.
  [`SELECT a.name, avg(a.staff) ${FROM}`, 'average number of staff per airline'],
  [`SELECT a.name, avg(f.miles) ${FROM}`, 'average number of miles per airline'],
  [`SELECT a.name, count(*) ${FROM}`, 'for each airline the average number of flights per month'],
  [`SELECT a.name, count(*) ${FROM} HAVING count(*) > 2`, 'average number of flights per airline'],
  [`SELECT count(*) ${FROM} LIMIT 1`, 'average number of flights per airline'],
  ['SELECT count(*) * 1.0 / count(DISTINCT airline_id) FROM flights', 'average number of flights per airline'],
  [MEAN, 'average number of flights per airline'],
])('%s for "%s" stays', (sql, question) => {
  expect(averageOfCounts(sql, question, names)).toBeNull()
})
