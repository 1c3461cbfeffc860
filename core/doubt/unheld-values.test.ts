import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../answer.ts'
import { openTestAssistant, type TestAssistant } from '../testing/open-test-assistant.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'

/** More towns than the schema lists. */
const towns = Array.from({ length: 80 }, (_, index) => `('Town ${index}', 'Owner ${index}')`)
const DUMP = `CREATE TABLE shops (town TEXT, owner TEXT); INSERT INTO shops VALUES ${towns.join(', ')};`

const filtered: Record<string, string> = {
  'shops outside Atlantis': "SELECT count(*) FROM shops WHERE town <> 'Atlantis'",
  'shops in Town 7 or Atlantis': "SELECT owner FROM shops WHERE town IN ('Town 7', 'Atlantis')",
  'shops in town 7': "SELECT owner FROM shops WHERE town = 'town 7'",
  'shops of owners like Poseidon': "SELECT count(*) FROM shops WHERE owner NOT LIKE '%Poseidon%'",
}

let shops: TestAssistant

beforeAll(async () => {
  const generator = scriptedGenerator(
    Object.entries(filtered).map(([question, say]) => ({ when: new RegExp(question), say })),
  )
  shops = await openTestAssistant({ dumps: { shops: DUMP }, generator, settings: { without: ['refusals'] } })
})
afterAll(() => shops.close())

function unheldIn(answer: Answer): string[] {
  return answer.kind === 'answered' ? answer.notes.filter((note) => note.startsWith('No row has')) : ['not answered']
}

test.each([
  ['shops outside Atlantis', ['No row has “Atlantis” in shops.town.']],
  ['shops in Town 7 or Atlantis', ['No row has “Atlantis” in shops.town.']],
  ['shops in town 7', []],
  ['shops of owners like Poseidon', []],
])('%s: what no row of a column of many values holds is said', async (question, wanted) => {
  const { answer } = await shops.ask(question)
  expect(unheldIn(answer)).toEqual(wanted)
})
