import { afterAll, beforeAll, expect, test } from 'vitest'
import { schemaNames } from '../../sql/schema-names.ts'
import { openTestAssistant, type TestAssistant } from '../../testing/open-test-assistant.ts'
import { schemaOf, table } from '../../testing/school-schema.ts'
import { scriptedGenerator } from '../../testing/scripted-generator.ts'
import { takeMedian } from './take-median.ts'

const DUMP = `
CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT, city TEXT, pay INTEGER, age INTEGER);
INSERT INTO staff (city, pay, age) VALUES ('Bonn', 10, 30), ('Bonn', 20, 40), ('Rome', 70, 50), ('Rome', 90, 20), ('Rome', NULL, 60);`

const WRITTEN = [
  { when: /^half of the staff/, say: 'SELECT pay FROM staff WHERE pay > (SELECT avg(pay) FROM staff)' },
  { when: /^what is the median pay/, say: 'SELECT avg(pay) FROM staff' },
  { when: /^median pay in Rome/, say: "SELECT avg(s.pay) FROM staff AS s WHERE s.city = 'Rome'" },
  { when: /^the median of pay/, say: 'SELECT median(pay) FROM staff' },
  { when: /^the median pay of Rome/, say: "SELECT median(pay) FROM staff WHERE city = 'Rome'" },
  {
    when: /^staff who earn more/,
    say: 'SELECT id FROM staff WHERE pay > (SELECT median(pay) FROM staff) ORDER BY id',
  },
]

let office: TestAssistant

beforeAll(async () => {
  office = await openTestAssistant({ dumps: { office: DUMP }, generator: scriptedGenerator(WRITTEN) })
})
afterAll(() => office.close())

test.each([
  ['half of the staff have a pay above what value? (median)', [[45]]],
  ['what is the median pay', [[45]]],
  ['median pay in Rome', [[80]]],
  ['the median of pay, please', [[45]]],
  ['the median pay of Rome', [[80]]],
  ['staff who earn more than the median pay', [[3], [4]]],
])('%s', async (question, rows) => {
  const { answer } = await office.ask(question)
  expect(answer).toMatchObject({ kind: 'answered', result: { rows } })
})

const names = schemaNames(
  schemaOf(table('staff', 'id! INTEGER', 'name TEXT', 'city TEXT', 'pay INTEGER', 'age INTEGER')),
)

test.each([
  ['who earns more than the median pay', 'SELECT name FROM staff WHERE pay > (SELECT avg(pay) FROM staff)'],
  ['median pay per city', 'SELECT city, avg(pay) FROM staff GROUP BY city'],
  ['average pay', 'SELECT avg(pay) FROM staff'],
  // Which of them?
  ['median pay and age', 'SELECT pay, age FROM staff'],
  ['median pay of those over 30', 'SELECT avg(pay) FROM staff WHERE age > 30'],
  ['median pay in Rome or Bonn', "SELECT avg(pay) FROM staff WHERE city = 'Rome' OR city = 'Bonn'"],
  ['median pay', 'SELECT pay FROM staff ORDER BY pay LIMIT 1 OFFSET (SELECT count(*) / 2 FROM staff)'],
])('"%s": %s stays', (question, sql) => {
  expect(takeMedian(sql, question, names)).toBeNull()
})
