import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SCHOOL_DUMP } from '#core/testing/school-dump.ts'
import { scriptedGenerator } from '#core/testing/scripted-generator.ts'
import { asNotice, asReply, eventually, openTestDesk, type TestDesk, wordsOf } from '../testing/open-test-desk.ts'
import { createTurns } from './fair-order.ts'

let desk: TestDesk

const SLOW_MS = 400

beforeAll(async () => {
  desk = await openTestDesk({
    dumps: { school: SCHOOL_DUMP },
    bound: ['school'],
    generator: scriptedGenerator([
      { when: /^How many students/, say: 'SELECT COUNT(*) FROM students' },
      { when: /^How many courses/, say: 'SELECT COUNT(*) FROM courses', delayMs: SLOW_MS },
      { when: /^How many teachers/, say: '', fail: new Error('the model broke') },
      { when: /^How many enrolments/, say: 'SELECT COUNT(*) FROM enrolments', delayMs: 1_500 },
      { when: /^List all students/, say: 'SELECT name, city FROM students' },
    ]),
  })
})

afterAll(() => desk.close())
afterEach(() => {
  desk.platform.refusesRich = false
  desk.platform.channelFailure = null
  desk.platform.messages.length = 0
  desk.platform.files.length = 0
})

const state = (id: string) => desk.parts.state.jobs.get(id)?.state
const once = (id: string) => {
  const stamps = desk.platform.messages.map(({ stamp }) => stamp)
  const mine = desk.platform.messages.filter(({ ref }) => ref === desk.parts.state.jobs.get(id)?.posted)
  return mine.length === 1 && new Set(stamps).size === stamps.length
}

describe('a question', () => {
  test('is saved at once, shown as being worked on, and the same message becomes the answer', async () => {
    const id = desk.ask('How many courses are there?')
    expect(desk.parts.state.questions.get(id)).toMatchObject({ status: 'accepted', askerId: 'chat:ann' })
    const seen = await desk.ended(id)
    expect(asReply(seen.message).reply).toMatchObject({
      kind: 'answered',
      questionId: id,
      headline: expect.stringContaining('4'),
    })
    expect(seen.history[0]).toMatchObject({ kind: 'progress', buttons: [{ name: 'stop' }] })
    expect(desk.platform.messages).toHaveLength(1)
    expect(desk.parts.state.jobs.get(id)).toMatchObject({ state: 'done', handle: null })
  })

  test('that cannot even be begun is begun again, and holds up nobody', async () => {
    const { jobs } = desk.parts.state
    const { set } = jobs
    jobs.set = () => {
      jobs.set = set
      throw new Error('the disk failed')
    }
    asReply((await desk.answer('How many students are there?')).message)
  })

  test('that comes twice with one key is asked once', async () => {
    const first = desk.ask('How many students are there?', { key: 'event-1' })
    expect(desk.ask('How many students are there?', { key: 'event-1' })).toBe(first)
    await desk.ended(first)
    expect(desk.ask('How many students are there?', { key: 'event-1' })).toBe(first)
    expect(desk.platform.messages).toHaveLength(1)
  })

  test('that breaks ends in words, with a button to ask again', async () => {
    const { message } = await desk.answer('How many teachers are there?')
    expect(asNotice(message)).toMatchObject({
      tone: 'bad',
      text: expect.stringContaining('the model broke'),
      buttons: [{ name: 'ask-again' }],
    })
  })

  test('says where its answer is, on a placeholder that was posted twice, once somebody presses its button', async () => {
    const id = desk.ask('How many courses are there?')
    await eventually(() => expect(desk.platform.messages.length).toBe(1))
    const { to, message: placeholder } = desk.platform.messages[0] ?? {}
    if (!to || !placeholder) throw new Error('there is no placeholder')
    const stray = await desk.platform.post(to, placeholder, 'stray')
    const message = stray.ok ? stray.value : ''
    await desk.ended(id)
    expect(await desk.press(`stop.${id}`, { message })).toEqual({ kind: 'done' })
    expect(desk.platform.messages.map((one) => wordsOf(one.message)).at(-1)).toContain('The answer is another message.')
    const posted = desk.parts.state.jobs.get(id)?.posted ?? null
    expect(await desk.press(`stop.${id}`, { message: posted })).toMatchObject({
      message: { text: 'This question has ended already.' },
    })
  })

  test('without words is not kept', () => {
    expect(() => desk.ask('  ')).toThrow('What would you like to know?')
  })

  test('is stopped by who asked, waiting or under way, and not by somebody else', async () => {
    const ids = ['one', 'two', 'three'].map(() => desk.ask('How many courses are there?'))
    const [running = '', , waiting = ''] = ids
    const refused = await desk.press(`stop.${running}`, { personId: 'eve' })
    expect(refused).toMatchObject({ kind: 'say', message: { text: 'Only who asked can stop a question.' } })
    expect(state(waiting)).toBe('waiting')
    expect(await desk.press(`stop.${waiting}`)).toEqual({ kind: 'done' })
    expect(wordsOf((await desk.ended(waiting)).message)).toContain('Stopped.')
    await eventually(async () => expect(await desk.press(`stop.${running}`)).toEqual({ kind: 'done' }))
    expect(asReply((await desk.ended(running)).message).reply).toMatchObject({ reason: 'cancelled' })
    for (const id of ids) expect((await desk.ended(id)) && once(id)).toBe(true)
  })

  test('that waits is changed when its message is edited, and dropped when that is deleted', async () => {
    const busy = ['one', 'two'].map(() => desk.ask('How many courses are there?'))
    const edited = desk.ask('How mny students are there?', { message: 'm1' })
    const deleted = desk.ask('How many students are there?', { message: 'm2' })
    desk.desk.messageChanged({ place: desk.place, message: 'm1', text: 'How many students are there?' })
    desk.desk.messageChanged({ place: desk.place, message: 'm2', text: null })
    desk.desk.messageChanged({ place: desk.place, message: 'unknown', text: null })
    expect(asReply((await desk.ended(edited)).message).reply.question).toBe('How many students are there?')
    expect(desk.parts.state.questions.get(deleted)).toMatchObject({ status: 'failed' })
    for (const id of busy) await desk.ended(id)
  })

  test('that waits for more than two seconds is told its place', async () => {
    const ids = Array.from({ length: 5 }, () => desk.ask('How many enrolments are there?'))
    const last = await desk.ended(ids.at(-1) ?? '')
    expect(last.history.map(wordsOf).join('|')).toMatch(/questions? (are|is) before yours/)
    for (const id of ids) await desk.ended(id)
  })
})

describe('a full queue and quotas', () => {
  test('are said at once, and nothing is kept', async () => {
    const small = await openTestDesk({
      dumps: { school: SCHOOL_DUMP },
      generator: scriptedGenerator([]),
      settings: { queueLimit: 0 },
    })
    expect(() => small.ask('How many students are there?')).toThrow('0 questions are waiting already')
    expect(small.parts.state.questions.list({})).toEqual([])
    await small.close()
    desk.parts.state.chatPeople.setQuota('chat:w', 'person', { perDay: 1, message: 'Ask Ben for more.' })
    await desk.answer('How many students are there?', { personId: 'zoe' })
    expect(() => desk.ask('How many students are there?', { personId: 'zoe' })).toThrow('Ask Ben for more.')
    const id = desk.ask('How many courses are there?', { personId: 'yan', message: 'm3' })
    await eventually(() => expect(state(id)).toBe('running'))
    desk.desk.messageChanged({ place: desk.place, message: 'm3', text: 'List all students' })
    await eventually(() => {
      const [refusal] = desk.platform.messages.filter(({ to }) => to.onlyFor === 'yan')
      expect(refusal && wordsOf(refusal.message)).toContain('Ask Ben for more.')
    })
    expect(asReply((await desk.ended(id)).message).reply).toMatchObject({ kind: 'answered' })
    desk.parts.state.chatPeople.setQuota('chat:w', 'person', null)
  })
})

test('people and channels take turns', () => {
  const turns = createTurns()
  const waiting = ['ann', 'ann', 'ann', 'ben', 'ann', 'cem'].map((personId, at) => ({
    questionId: String(at),
    personId,
    channel: personId === 'cem' ? 'b' : 'a',
  }))
  expect(turns.order(waiting).map(({ questionId }) => questionId)).toEqual(['0', '5', '3', '1', '2', '4'])
  turns.served({ questionId: 'x', personId: 'ben', channel: 'a' })
  expect(turns.order(waiting)[0]).toMatchObject({ personId: 'cem' })
})

describe('an answer that cannot be sent', () => {
  const unavailable = { kind: 'unavailable' as const, detail: 'down' }

  test('because the platform is down or busy is sent once it is there again, once', async () => {
    desk.platform.fail('post', unavailable)
    desk.platform.fail('find', unavailable)
    desk.platform.fail('update', { kind: 'rate-limited', retryAfterMs: 50, detail: '429' })
    const id = desk.ask('How many students are there?')
    asReply((await desk.ended(id)).message)
    expect(once(id)).toBe(true)
  })

  test('because it is too rich is sent as plain text with all rows as a file', async () => {
    desk.platform.refusesRich = true
    const { message } = await desk.answer('List all students')
    expect(asReply(message).plain).toBe(true)
    expect(desk.platform.files).toMatchObject([
      { file: { name: 'list-all-students.csv', content: expect.stringContaining('Carla,Paris') } },
    ])
  })

  test('because its message was deleted is posted anew', async () => {
    const id = desk.ask('How many courses are there?')
    await eventually(async () => expect(await desk.platform.messages.length).toBe(1))
    desk.platform.remove(desk.platform.messages[0]?.ref ?? '')
    asReply((await desk.ended(id)).message)
    expect(once(id)).toBe(true)
  })

  test('because the bot was removed from the channel goes to the person', async () => {
    desk.platform.channelFailure = { kind: 'gone', what: 'bot-removed', detail: 'not_in_channel' }
    const { to, message } = await desk.answer('How many students are there?')
    asReply(message)
    expect(to.place).toMatchObject({ channel: 'direct-ann', direct: true })
  })

  test('because a permission is missing says which, and what to do', async () => {
    const missing = { missing: 'chat:write', fix: 'Install the app again.' }
    desk.platform.channelFailure = { kind: 'forbidden', ...missing, detail: '' }
    const { to, message } = await desk.answer('How many students are there?')
    expect(wordsOf(message)).toMatch(/chat:write is missing.*Install the app again/)
    expect(to.place.direct).toBe(true)
  })
})

describe('after a restart', () => {
  beforeEach(() => desk.restart())

  test('what was under way goes on under its id, with one end', async () => {
    const id = desk.ask('How many courses are there?')
    await eventually(async () => expect(await desk.platform.messages.length).toBe(1))
    await desk.restart()
    asReply((await desk.ended(id)).message)
    expect(once(id)).toBe(true)
    expect(desk.parts.state.questions.get(id)?.status).toBe('answered')
  })

  test('an answer that was not sent is sent from what was kept', async () => {
    desk.platform.fail('post', ...Array.from({ length: 4 }, () => ({ kind: 'unavailable' as const, detail: 'down' })))
    const id = desk.ask('How many students are there?')
    await eventually(async () => expect(await state(id)).toBe('ended'))
    await desk.restart()
    asReply((await desk.ended(id)).message)
    expect(once(id)).toBe(true)
  })

  test('a message that was sent but not noted is found by its stamp', async () => {
    const id = desk.ask('How many courses are there?')
    await eventually(async () => expect(await desk.platform.messages.length).toBe(1))
    await desk.desk.close({ graceMs: 0 })
    desk.parts.state.jobs.set(id, { posted: null })
    await desk.restart()
    asReply((await desk.ended(id)).message)
    expect(desk.platform.messages).toHaveLength(1)
  })

  test('a question that was begun again and again ends as interrupted, and can be asked again', async () => {
    await desk.desk.close({ graceMs: 0 })
    const id = desk.ask('How many students are there?')
    desk.parts.state.jobs.set(id, { runs: 3 })
    await desk.restart()
    const { message } = await desk.ended(id)
    expect(asNotice(message)).toMatchObject({
      text: expect.stringContaining('interrupted'),
      buttons: [{ name: 'ask-again' }],
    })
    expect(await desk.press(asNotice(message).buttons[0]?.id ?? '')).toEqual({ kind: 'done' })
    await eventually(async () =>
      expect(await desk.platform.messages.some((one) => one.message.kind === 'reply')).toBe(true),
    )
  })
})
