import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { asNotice, asReply, eventually, openTestDesk, type TestDesk, wordsOf } from '../testing/open-test-desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP },
    bound: ['school'],
    owner: 'olga',
    generator: scriptedGenerator([{ when: /^How many students/, say: 'SELECT COUNT(*) FROM students' }]),
  })
})
afterAll(() => desk.close())
beforeEach(() => void desk.platform.messages.splice(0))

const state = (id: string) => desk.parts.state.jobs.get(id)?.state

describe('a question that waited over a weekend', () => {
  const FRIDAY = '2026-11-20T16:00:00Z'
  const MONDAY = '2026-11-23T08:00:00Z'
  beforeEach(() => desk.setClock(FRIDAY))

  test('for its channel to get a database is answered', async () => {
    const asked = { place: { ...desk.place, channel: 'new' }, personId: 'olga' }
    const id = desk.ask('How many students are there?', asked)
    const { message } = await desk.ended(id)
    if (message.kind !== 'picker') throw new Error(wordsOf(message))
    desk.setClock(MONDAY)
    await desk.press(message.id, { ...asked, values: [desk.ids.school ?? ''] })
    await eventually(() => expect(state(id)).toBe('done'))
    asReply((await desk.ended(id)).message)
  })

  test('for the program to run again is answered; one that was begun is said to be interrupted', async () => {
    await desk.desk.close({ graceMs: 0 })
    const ids = ['one', 'two'].map(() => desk.ask('How many students are there?'))
    const [waited = '', begun = ''] = ids
    desk.parts.state.jobs.set(begun, { runs: 1 })
    desk.setClock(MONDAY)
    await desk.restart()
    asReply((await desk.ended(waited)).message)
    expect(asNotice((await desk.ended(begun)).message).text).toContain('I was interrupted')
  })

  test('for a platform that is away is given up, on the day after its answer was there', async () => {
    desk.platform.fail('post', ...Array.from({ length: 2 }, () => ({ kind: 'unavailable' as const, detail: 'down' })))
    const id = desk.ask('How many students are there?')
    await eventually(() => expect(state(id)).toBe('ended'))
    desk.setClock(MONDAY)
    await eventually(() => expect(state(id)).toBe('done'))
    expect(desk.platform.messages).toEqual([])
  })
})

describe('a question of which the platform does not say yet who asks', () => {
  test.each<[string, (id: string) => unknown]>([
    ['its button is pressed', (id) => desk.press(`stop.${id}`)],
    ['its message is deleted', () => change(null)],
    ['nothing is left of its message', () => change(' ')],
  ])('is stopped where %s', async (_, stop) => {
    const lookUp = desk.platform.hold('lookUp')
    const id = desk.ask('How many students are there?', { message: 'm-1' })
    await lookUp.reached
    expect(await stop(id)).not.toMatchObject({ kind: 'say' })
    lookUp.release()
    expect(wordsOf((await desk.ended(id)).message)).toBe('Stopped. Ask again whenever you like.')
    expect(desk.parts.state.questions.get(id)).toMatchObject({ failure: { code: 'cancelled' } })
  })

  const change = (text: string | null) => {
    desk.desk.messageChanged({ place: desk.place, message: 'm-1', text })
    return null
  }
})
