import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestAssistant, type TestAssistant } from '../testing/open-test-assistant.ts'
import { scriptedGenerator } from '../testing/scripted-generator.ts'

const SUBJECTS =
  `ships planes trains recipes patients concerts vineyards bridges libraries insurances tournaments elections museums
  satellites volcanoes parcels contracts festivals orchards mines`.split(/\s+/)

/** Each has a table of its own, and one that all have, with people of its own in it. */
const dumps = Object.fromEntries(
  SUBJECTS.map((subject, number) => [
    `archive-${number}`,
    `CREATE TABLE ${subject} (id INTEGER PRIMARY KEY, name TEXT, keeper_id INTEGER);
     INSERT INTO ${subject} VALUES (1, 'First', 1), (2, 'Second', 1);
     CREATE TABLE keepers (id INTEGER PRIMARY KEY, full_name TEXT);
     INSERT INTO keepers (full_name) VALUES ${people(number)};`,
  ]),
)

/** Too many to be typical values: they are in the value index only. */
function people(number: number): string {
  const letter = (at: number) => String.fromCharCode(97 + at)
  const surname = (at: number) => `${letter(number).repeat(4)}${letter(Math.floor(at / 10))}${letter(at % 10)}son`
  return Array.from({ length: 80 }, (_, at) => `('Keeper ${surname(at)}')`).join()
}

const generator = scriptedGenerator([
  { when: /bridges/, say: 'SELECT count(*) FROM bridges' },
  { when: /keeper/i, say: "SELECT id FROM keepers WHERE full_name = 'Keeper ccccahson'" },
])

let home: string
let archives: TestAssistant

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rowbot-routing-'))
  await (await openTestAssistant({ dumps, generator, home })).close()
  // Started again, with nothing open yet.
  archives = await openTestAssistant({ dumps, generator, home })
}, 60_000)
afterAll(async () => {
  await archives.close()
  await rm(home, { recursive: true, force: true })
})

describe('of twenty databases', () => {
  test('the one that knows a value is chosen', async () => {
    const { answer } = await archives.ask('What is the id of keeper ccccahson?')
    expect(answer).toMatchObject({ kind: 'answered', database: { name: 'archive-2' } })
  })

  test('the person is asked which where several fit', async () => {
    const { answer } = await archives.ask('How many keepers are there?')
    expect(answer).toMatchObject({ kind: 'unanswered', reason: 'which-database' })
  })

  test('only the one that a question is for is opened', async () => {
    for (const { name, path } of archives.registry.list()) if (name !== 'archive-7') await rm(path)
    const { answer } = await archives.ask('How many bridges are there?')
    expect(answer).toMatchObject({ kind: 'answered', database: { name: 'archive-7' }, result: { rows: [[2]] } })
    await expect(archives.ask('How many ships are there?')).rejects.toMatchObject({ advice: expect.any(String) })
  })

  test('those are left out that nothing is known of', async () => {
    for (const { id, name } of archives.registry.list())
      if (name !== 'archive-7') await archives.registry.setSensitive(id, [])
    const { answer } = await archives.ask('How many bridges are there?')
    expect(answer).toMatchObject({ kind: 'answered', database: { name: 'archive-7' } })
  })
})
