import { afterAll, beforeAll, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { openTestDesk, type TestDesk, wordsOf } from '../testing/open-test-desk.ts'
import type { Accepted } from './desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP },
    bound: ['school'],
    generator: scriptedGenerator([{ when: /^How many students/, say: 'SELECT COUNT(*) FROM students' }]),
  })
  const { state } = desk.parts
  for (const [workspace, perDay] of [
    ['chat:w', 2],
    ['chat:other', 1],
  ] as const) {
    state.workspaces.ensure({ id: workspace })
    state.chatPeople.setQuota(workspace, 'person', { perDay, message: '' })
  }
})
afterAll(() => desk.close())

/** Direct messages as Discord has them: they belong to no server. */
const direct = (personId: string) => ({
  place: { ...desk.place, workspace: '', channel: `dm-${personId}`, direct: true },
  personId,
})
const ask = (about: ReturnType<typeof direct>): Accepted =>
  desk.desk.accept({
    ...{ key: crypto.randomUUID(), handle: null, message: null, follows: null, database: null, visibility: null },
    ...{ text: 'How many students are there?', ...about },
  })

test('the limit of a server holds in direct messages too, which belong to none', async () => {
  await desk.answer('How many students are there?')
  expect(ask(direct('ann')).kind).toBe('accepted')
  const refused = ask(direct('ann'))
  expect(refused.kind === 'refused' && wordsOf(refused.message)).toMatch(/^You have asked 2 questions today/)
  expect(wordsOf((await desk.desk.home(direct('ann'))).page)).toContain('0 of 2 questions left today')
})

test('a server where somebody has asked nothing does not limit them, whatever it says of them', async () => {
  desk.parts.state.chatPeople.setTrusted('chat:other', ['chat:ben'])
  for (const _ of [1, 2, 3]) expect(ask(direct('ben')).kind).toBe('accepted')
})
