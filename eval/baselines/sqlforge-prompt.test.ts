import { expect, test } from 'vitest'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { sqlforgePrompt } from './sqlforge-prompt.ts'

const DDL = 'CREATE TABLE fish (name TEXT);'

test.each([
  ['SELECT count(*)\n  FROM fish', 'SELECT count(*) FROM fish'],
  ['SELECT count(*) FROM fish; That counts them.', 'SELECT count(*) FROM fish'],
  ['Here; it is:\n```sql\nSELECT 1 ;\n```\nand\n```SELECT 2```', 'SELECT 1'],
  ['```SQL\nSELECT 1', '```SQL SELECT 1'],
  ['', ''],
])('of %j the query is %j', async (say, sql) => {
  const generator = scriptedGenerator([{ when: /fish/, say }])
  expect(await sqlforgePrompt({ generator, ddl: DDL, question: 'How many fish?' })).toBe(sql)
  const [request] = generator.requests
  expect(request).toMatchObject({ count: 1, temperature: 0, maxTokens: 256, stop: [] })
  expect(request?.messages.at(-1)?.content).toBe(`Database schema:\n${DDL}\n\nQuestion: How many fish?`)
})
