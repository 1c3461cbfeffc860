import { afterAll, beforeAll, expect, test } from 'vitest'
import { FLEET_DUMP, SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { type ScriptedGenerator, scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { asReply, openTestDesk, type TestDesk } from '../testing/open-test-desk.ts'

const STUDENTS = 'SELECT COUNT(*) FROM students'
const IN_PARIS = "SELECT COUNT(*) FROM students WHERE city = 'Paris'"

let desk: TestDesk
let generator: ScriptedGenerator

beforeAll(async () => {
  generator = scriptedGenerator([
    { when: /^only in Paris/, say: IN_PARIS },
    { when: /^How many students/, say: STUDENTS },
    { when: /^How many ships/, say: 'SELECT COUNT(*) FROM ships' },
  ])
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP, fleet: FLEET_DUMP },
    bound: ['school'],
    owner: 'olga',
    generator,
  })
})
afterAll(() => desk.close())

const fleet = () => desk.ids.fleet ?? ''
const latest = () => desk.parts.state.questions.get(desk.parts.state.questions.list({ limit: 1 })[0]?.id ?? '')
const sqlOf = async (...asked: Parameters<TestDesk['answer']>) => {
  const { reply } = asReply((await desk.answer(...asked)).message)
  return reply.kind === 'answered' ? reply.sql : reply.headline
}

test('in a thread go on from what everybody saw, not from what somebody else alone did', async () => {
  await desk.answer('How many students are there?', { message: 'm-1' })
  const place = { ...desk.place, thread: 'm-1' }
  const secret = { place, personId: 'olga', database: 'fleet', visibility: 'only-me' } as const
  const { ref } = await desk.answer('How many ships are there?', secret)
  generator.requests.length = 0
  expect(await sqlOf('only in Paris', { place })).toBe(IN_PARIS)
  expect(latest()?.follows?.question).toBe('How many students are there?')
  await sqlOf('How many students are there?', { follows: ref })
  expect(latest()?.follows).toBeNull()
  expect(JSON.stringify(generator.requests)).not.toMatch(/ships/)
  await desk.answer('How many ships are there?', secret)
  await desk.answer('How many ships are there?', { place, personId: 'olga', visibility: 'only-me' })
  expect(latest()?.follows?.question).toBe('How many ships are there?')
})

test.each([null, 'school'])(
  'a question in a thread about a database that the person may not ask is one by itself, asked in %s',
  async (database) => {
    const { access } = desk.parts.state
    const before = access.rules(fleet())
    access.setRules(fleet(), { ...before, channels: ['chat:w:sales'] })
    await desk.answer('How many ships are there?', { personId: 'olga', database: 'fleet', message: `m-2-${database}` })
    access.setRules(fleet(), before)
    generator.requests.length = 0
    const place = { ...desk.place, thread: `m-2-${database}` }
    expect(await sqlOf('How many students are there?', { place, database })).toBe(STUDENTS)
    expect(latest()?.follows).toBeNull()
    expect(JSON.stringify(generator.requests)).not.toMatch(/ships/)
  },
)

test('a chart of what the person alone saw is not shown to all where another database is named', async () => {
  await desk.answer('How many students are there?', { message: 'm-3' })
  const place = { ...desk.place, thread: 'm-3' }
  const about = { place, personId: 'olga' } as const
  await desk.answer('How many ships are there?', { ...about, database: 'fleet', visibility: 'only-me' })
  const { message, to } = await desk.answer('as a bar chart', { ...about, database: 'School' })
  expect(to.onlyFor).toBeNull()
  expect(JSON.stringify(message)).not.toMatch(/ships|fleet/i)
  expect(latest()?.follows).toBeNull()
})
