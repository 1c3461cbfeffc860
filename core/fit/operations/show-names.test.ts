import { expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { showNames } from './show-names.ts'

const names = schemaNames(
  schemaOf(
    table('party', 'party_id! INTEGER', 'party_name TEXT', 'founded INTEGER'),
    table('venue', 'venue_id! INTEGER', 'city TEXT'),
    table(
      'member',
      'member_id! INTEGER',
      'name TEXT',
      'party_id INTEGER > party.party_id',
      'venue_id INTEGER > venue.venue_id',
    ),
  ),
)
const joined = (select: string, where = '') =>
  `SELECT ${select} FROM member AS m JOIN party AS p ON m.party_id = p.party_id${where}`

test('a table that was joined for its key alone is shown by its name', () => {
  expect(showNames(joined('m.name, p.party_id'), 'Pair the members with the party that they have', names)).toEqual({
    sql: joined('m.name, p.party_name'),
    notes: ['party is shown by its party_name.'],
  })
})

test.each([
  [joined('m.name, p.party_id'), 'members with the id of their party'],
  [joined('m.name, p.party_id'), 'members with their party number'],
  [joined('m.name, m.party_id'), 'members with their party'],
  [joined('count(DISTINCT p.party_id)'), 'how many parties have members'],
  [joined('m.name, p.party_id', ' WHERE p.founded > 1990'), 'members with their party if it was founded after 1990'],
  [joined('p.founded'), 'when were the parties of members founded'],
  ['SELECT m.name, v.venue_id FROM member AS m JOIN venue AS v ON m.venue_id = v.venue_id', 'members with their venue'],
  ['SELECT party_id FROM party', 'all parties'],
])('%s for "%s" stays', (sql, question) => {
  expect(showNames(sql, question, names)).toEqual({ sql, notes: [] })
})
