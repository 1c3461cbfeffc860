import { expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { joinCounted } from './join-counted.ts'

const names = schemaNames(
  schemaOf(
    table('companies', 'id! INTEGER', 'type TEXT', 'staff_count INTEGER'),
    table('flights', 'id! INTEGER', 'type TEXT', 'company_id INTEGER > companies.id'),
    table('staff', 'id! INTEGER', 'company_id INTEGER > companies.id'),
    table('deals', 'id! INTEGER', 'buyer_id INTEGER > companies.id', 'seller_id INTEGER > companies.id'),
  ),
)
const perType = 'SELECT type, count(*) FROM companies GROUP BY type'

test('what is to be counted is joined where the rows of another table were counted', () => {
  const question = 'for each company type, how many flights do we have'
  expect(joinCounted(perType, question, names)).toEqual({
    sql: 'SELECT companies.type, count(*) FROM companies JOIN flights ON flights.company_id = companies.id GROUP BY companies.type',
    notes: ['flights was joined over its foreign key, to be counted.'],
  })
  expect(
    joinCounted(
      "SELECT count(*) FROM companies AS c WHERE c.type = 'A'",
      'number of flights of type A companies',
      names,
    ).sql,
  ).toBe("SELECT count(*) FROM companies AS c JOIN flights ON flights.company_id = c.id WHERE c.type = 'A'")
})

test.each([
  [perType, 'how many companies are there of each type'],
  [perType, 'types of companies'],
  // The number stands in the table itself.
  [perType, 'how many staff are there for each type of company'],
  // Which of its keys?
  [perType, 'how many deals are there for each type of company'],
  ['SELECT count(DISTINCT type) FROM companies', 'how many flights are there'],
  ['SELECT count(*) FROM companies WHERE id IN (SELECT company_id FROM flights)', 'how many flights'],
])('%s for "%s" stays', (sql, question) => {
  expect(joinCounted(sql, question, names)).toEqual({ sql, notes: [] })
})
